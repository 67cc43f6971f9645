/** What may belong to a mark that the next piece completes. */
const UNDECIDED = /[`\]<]+$/;
/** Ends of lines, backticks, what may make a link, an address or a tag; and all the rest. */
const TOKENS = /[\n\r]|`+|[\]<]|[^\n\r`\]<]+/g;
/** What makes one, with the character behind it. */
const MARK = /^(?:\][(:]|<[a-z/!?])/i;

/**
 * Makes a model's Markdown inert as it streams: no image that a client would fetch, no link, no tag. Whoever
 * wrote the document or the question may have told the model to say it, and an image's address can carry words
 * away. A space parts the marks, so that a reader still sees all that was said. Only fenced code stays as it
 * is, and only where every reader of Markdown takes it for code: a fence at the very beginning of a line.
 */
export class InertMarkdown {
  #held = "";
  #isLineStart = true;
  /** Backticks of the fence that is open; 0 outside of code. */
  #fence = 0;
  /** On the fence's own line, which another backtick makes an ordinary one. */
  #isOpening = false;

  /** What can be passed on of all that was pushed so far. */
  push(text: string): string {
    const all = this.#held + text;
    const decided = UNDECIDED.exec(all)?.index ?? all.length;
    this.#held = all.slice(decided);
    return this.#part(all, decided);
  }

  /** The rest. */
  end(): string {
    const rest = this.#part(this.#held, this.#held.length);
    this.#held = "";
    return rest;
  }

  /** Parts what stands before `end`; what follows is only looked at. */
  #part(text: string, end: number): string {
    let parted = "";
    for (const { 0: token, index } of text.matchAll(TOKENS)) {
      if (index >= end) break;
      const isMark = MARK.test(text.slice(index, index + 2));
      const isCode = this.#fence > 0 && !this.#isOpening;
      if (token.startsWith("`")) this.#readBackticks(token.length, isCode);
      if (token === "\n" || token === "\r") this.#isOpening = false;
      this.#isLineStart = token === "\n" || token === "\r";
      parted += isMark && !isCode ? `${token} ` : token;
    }
    return parted;
  }

  #readBackticks(length: number, isCode: boolean): void {
    if (isCode) {
      if (this.#isLineStart && length >= this.#fence) this.#fence = 0;
    } else if (this.#isOpening) {
      this.#fence = 0;
      this.#isOpening = false;
    } else if (this.#isLineStart && length >= 3) {
      this.#fence = length;
      this.#isOpening = true;
    }
  }
}
