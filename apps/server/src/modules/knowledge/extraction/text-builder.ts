import { cleanText } from "./clean.ts";
import type { Block } from "./types.ts";
import { ExtractionError } from "./types.ts";

/** UTF-16 units. Past this a document no longer fits beside its copies in a parser's memory. */
const MAX_TEXT_LENGTH = 64 * 1024 * 1024;
const SEPARATOR = "\n\n";

/** Joins pieces of text with blank lines between them and remembers where each piece lies. */
export class TextBuilder {
  readonly blocks: Block[] = [];
  readonly #parts: string[] = [];
  #length = 0;

  /** The offset at which the next piece will start. */
  get nextStart(): number {
    return this.#length === 0 ? 0 : this.#length + SEPARATOR.length;
  }

  /**
   * Appends one block; text without a visible character is left out.
   *
   * @throws {ExtractionError} TOO_LARGE when the whole text grows past 64 M characters
   */
  add(kind: Block["kind"], text: string, level?: number): void {
    const cleaned = cleanText(text).trim();
    if (cleaned === "") return;
    const start = this.nextStart;
    if (this.#length > 0) this.#parts.push(SEPARATOR);
    this.#parts.push(cleaned);
    this.#length = start + cleaned.length;
    if (this.#length > MAX_TEXT_LENGTH) {
      throw new ExtractionError(
        "TOO_LARGE",
        "The text of this file is longer than 64 million characters. Split it into several files.",
      );
    }
    this.blocks.push({ kind, ...(level === undefined ? {} : { level }), start, end: this.#length });
  }

  toString(): string {
    return this.#parts.join("");
  }
}
