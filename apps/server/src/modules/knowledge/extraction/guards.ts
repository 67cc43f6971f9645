import { Parser } from "htmlparser2";
import { LIMITS } from "./limits.ts";
import { ExtractionError } from "./types.ts";

const SLICE = 64 * 1024;

/**
 * Counts how deep the elements of HTML or XML are nested, without building a tree: the tree builders that come
 * after need quadratic time or overflow the stack on deep input.
 */
export class MarkupGuard {
  readonly #parser: Parser;
  #depth = 0;
  #elements = 0;

  constructor(options: { xml: boolean; maxElements: number }) {
    this.#parser = new Parser(
      {
        onopentag: () => {
          this.#elements++;
          if (++this.#depth > LIMITS.markupDepth) {
            throw tooComplex(`has more than ${LIMITS.markupDepth} elements inside each other`);
          }
          if (this.#elements > options.maxElements)
            throw tooComplex(`has more than ${options.maxElements} elements`);
        },
        onclosetag: () => {
          this.#depth--;
        },
      },
      { xmlMode: options.xml, decodeEntities: false },
    );
  }

  /** @throws {ExtractionError} TOO_COMPLEX */
  write(piece: string): void {
    this.#parser.write(piece);
  }
}

/** @throws {ExtractionError} TOO_COMPLEX when a page is nested too deep or has too many elements */
export function assertShallowHtml(html: string): void {
  const guard = new MarkupGuard({ xml: false, maxElements: LIMITS.markupElements });
  for (let index = 0; index < html.length; index += SLICE) guard.write(html.slice(index, index + SLICE));
}

/** @throws {ExtractionError} TOO_COMPLEX when arrays and objects are nested too deep for the parser's stack */
export function assertShallowJson(json: string): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < json.length; index++) {
    const character = json[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "[" || character === "{") {
      if (++depth > LIMITS.jsonDepth) {
        throw tooComplex(`has more than ${LIMITS.jsonDepth} arrays or objects inside each other`);
      }
    } else if (character === "]" || character === "}") depth--;
  }
}

/** @throws {ExtractionError} TOO_COMPLEX when block quotes are nested so deep that no renderer would survive */
export function assertShallowMarkdown(markdown: string): void {
  const deepQuote = new RegExp(`^(?:[ \\t]*>){${LIMITS.quoteDepth + 1}}`, "m");
  if (deepQuote.test(markdown))
    throw tooComplex(`has more than ${LIMITS.quoteDepth} quotes inside each other`);
}

function tooComplex(why: string): ExtractionError {
  return new ExtractionError(
    "TOO_COMPLEX",
    `This file is too deeply or too finely structured: it ${why}. Simplify it.`,
  );
}
