import { analyze, type Language, plainText, sentences } from "../../../platform/text/index.ts";
import type { Quotation } from "../answers.schema.ts";
import type { NumberedPassage } from "./prompt.ts";

const mark = /\[(\d{1,3})\]/g;

/**
 * Watches an answer as it is written. At the first mark of a source it names the place in the document
 * that the words before the mark rest on: known at that moment, because marks follow their sentence.
 */
export class CitationTracker {
  readonly #passages: Map<number, NumberedPassage>;
  readonly #language: Language;
  readonly #citations = new Map<number, Quotation>();
  #text = "";
  #scanned = 0;

  constructor(passages: NumberedPassage[], language: Language) {
    this.#passages = new Map(passages.map((passage) => [passage.number, passage]));
    this.#language = language;
  }

  /** The citations that become known by these words; each number once. */
  add(delta: string): Quotation[] {
    this.#text += delta;
    const fresh: Quotation[] = [];
    mark.lastIndex = this.#scanned;
    for (let match = mark.exec(this.#text); match; match = mark.exec(this.#text)) {
      const before = this.#text.slice(0, match.index);
      this.#scanned = match.index + match[0].length;
      const passage = this.#passages.get(Number(match[1]));
      if (!passage || this.#citations.has(passage.number)) continue;
      const citation = citePassage(passage, lastStatement(before), this.#language);
      this.#citations.set(passage.number, citation);
      fresh.push(citation);
    }
    return fresh;
  }

  get citations(): Quotation[] {
    return [...this.#citations.values()].sort((a, b) => a.number - b.number);
  }
}

/** The words that a mark stands behind: back to the mark or the sentence's end before them. */
function lastStatement(text: string): string {
  const withoutMarks = text.replace(/(\s*\[\d{1,3}\])+\s*$/, "").trimEnd();
  const start = Math.max(withoutMarks.lastIndexOf("]"), withoutMarks.lastIndexOf("\n")) + 1;
  return withoutMarks.slice(start).trim();
}

/** The sentences that the statement quotes; else the run of sentences that holds most of its terms. */
function citePassage(passage: NumberedPassage, statement: string, language: Language): Quotation {
  const terms = new Set(analyze(statement, language));
  const all = sentences(passage.text, language).map((sentence) => ({
    ...sentence,
    plain: plainText(sentence.text),
    held: analyze(sentence.text, language).filter((term) => terms.has(term)).length,
  }));
  const most = Math.max(0, ...all.map((sentence) => sentence.held));
  const quoted = all.filter(
    ({ kind, plain, held }) => kind !== "heading" && held > 0 && plainText(statement).includes(plain),
  );
  const best =
    quoted.length > 0
      ? quoted
      : all.filter((sentence) => most > 0 && sentence.held >= Math.max(1, most * 0.6));
  const start = best[0]?.start ?? 0;
  const end = best.at(-1)?.end ?? passage.text.length;
  return {
    number: passage.number,
    documentId: passage.documentId,
    documentName: passage.documentName,
    version: passage.version,
    chunkId: passage.chunkId,
    headingPath: passage.headingPath,
    page: passage.page,
    startOffset: passage.startOffset + start,
    endOffset: passage.startOffset + end,
    quote: passage.text.slice(start, end),
  };
}
