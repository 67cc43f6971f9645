/** Where a text stops being JSON, and why, in words. Lines and columns count from 1. */
export interface JsonFault {
  line: number;
  column: number;
  problem: string;
}

/**
 * Finds the first character that no JSON could have there: the parser of the language names a position for
 * some faults only. Nesting is followed on a list, so that depth costs no stack.
 */
export function findJsonFault(json: string): JsonFault {
  const scanner = new Scanner(json);
  try {
    scanner.scan();
  } catch (fault) {
    if (fault instanceof Fault) return { ...placeOf(json, fault.at), problem: fault.message };
    throw fault;
  }
  return { ...placeOf(json, json.length), problem: "it cannot be understood" };
}

export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}

class Fault extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /(?:true|false|null)\b/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Scanner {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  scan(): void {
    const open: ("{" | "[")[] = [];
    this.#value(open);
    while (open.length > 0) this.#afterValue(open);
    this.#skip(SPACE);
    if (this.#at < this.#json.length) throw this.#unexpected("after the end of the data");
  }

  /** Up to the end of one plain value, or of an empty one; what is opened on the way stays on the list. */
  #value(open: ("{" | "[")[]): void {
    for (;;) {
      this.#skip(SPACE);
      const bracket = this.#take("{") ? "{" : this.#take("[") ? "[" : null;
      if (!bracket) break;
      this.#skip(SPACE);
      if (this.#take(bracket === "{" ? "}" : "]")) return;
      open.push(bracket);
      if (bracket === "{") this.#name();
    }
    if (this.#json[this.#at] === '"') this.#string();
    else if (!this.#skip(WORD) && !this.#skip(NUMBER)) throw this.#unexpected("where a value is expected");
  }

  #afterValue(open: ("{" | "[")[]): void {
    this.#skip(SPACE);
    const isObject = open.at(-1) === "{";
    if (this.#take(isObject ? "}" : "]")) open.pop();
    else if (!this.#take(","))
      throw this.#unexpected(isObject ? "where “,” or “}” is expected" : "where “,” or “]” is expected");
    else {
      if (isObject) this.#name();
      this.#value(open);
    }
  }

  #name(): void {
    this.#skip(SPACE);
    if (this.#json[this.#at] !== '"') throw this.#unexpected("where a name in quotation marks is expected");
    this.#string();
    this.#skip(SPACE);
    if (!this.#take(":")) throw this.#unexpected("where “:” is expected");
  }

  #string(): void {
    const start = this.#at++;
    for (;;) {
      const character = this.#json[this.#at];
      if (character === undefined) throw new Fault(start, "a quotation mark is never closed");
      if (character === '"') break;
      if (character < " ") throw new Fault(this.#at, "a line break or control character stands in a text");
      if (character !== "\\") this.#at++;
      else if (!this.#skip(ESCAPE))
        throw new Fault(this.#at, "a backslash is followed by what it may not be");
    }
    this.#at++;
  }

  #take(character: string): boolean {
    if (this.#json[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** Goes past what the sticky pattern matches here; false when that is nothing. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#json)?.[0].length ?? 0;
    this.#at += length;
    return length > 0;
  }

  #unexpected(where: string): Fault {
    const [character] = this.#json.slice(this.#at, this.#at + 2);
    return new Fault(
      this.#at,
      character === undefined ? "it ends too early" : `“${character}” stands ${where}`,
    );
  }
}
