import type { Block } from "./types.ts";

/** A stretch of text that a chunk holds whole or not at all; starts and ends with a visible character. */
export interface Atom {
  start: number;
  end: number;
  /** Where the block that it belongs to ends; equal for all atoms of a block. */
  blockEnd: number;
  isHeading: boolean;
  /** A sentence or list item: may be repeated at the start of the next chunk. */
  isSentence: boolean;
}

type Span = Pick<Atom, "start" | "end">;

const SENTENCES = new Intl.Segmenter("en", { granularity: "sentence" });
const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])\s/;
/** "1.", "a)", "Dr.": the segmenter ends a sentence there, a reader does not. */
const NOT_YET_A_SENTENCE = /^[("“«]?[\p{L}\p{N}]{1,3}[.)]$/u;

/**
 * Cuts one block into atoms: paragraphs into sentences, lists into items, anything else into nothing smaller, unless
 * it is more than twice the chunk size. Then lines, sentences, words and at last characters are cut.
 */
export function atomsOf(text: string, block: Block, chunkSize: number): Atom[] {
  const whole = trim(text, block);
  if (!whole) return [];
  const isProse = block.kind === "paragraph" || block.kind === "list";
  const natural = isProse ? proseSpans(text, whole, block.kind, chunkSize) : [whole];
  const spans = natural.flatMap((span) => cutToSize(text, span, chunkSize * 2, chunkSize));
  // A heading that had to be cut is none.
  const isHeading = block.kind === "heading" && spans.length === 1;
  return spans.map((span) => ({ ...span, blockEnd: whole.end, isHeading, isSentence: isProse }));
}

function proseSpans(text: string, whole: Span, kind: Block["kind"], chunkSize: number): Span[] {
  if (kind === "paragraph") return sentencesOf(text, whole);
  return itemsOf(text, whole).flatMap((item) =>
    item.end - item.start > chunkSize ? sentencesOf(text, item) : [item],
  );
}

/** Pieces of at most `limit` characters, cut at the coarsest seam that makes them small enough. */
function cutToSize(text: string, span: Span, limit: number, chunkSize: number): Span[] {
  if (span.end - span.start <= limit) return [span];
  const lines = linesOf(text, span);
  if (lines.length > 1) return lines.flatMap((line) => cutToSize(text, line, limit, chunkSize));
  const sentences = sentencesOf(text, span);
  if (sentences.length > 1)
    return sentences.flatMap((sentence) => cutToSize(text, sentence, limit, chunkSize));
  return wordsOf(text, span, chunkSize);
}

function sentencesOf(text: string, span: Span): Span[] {
  // A line end is a place where the text was wrapped, not the end of a sentence; same length, so offsets hold.
  const source = text.slice(span.start, span.end).replaceAll("\n", " ");
  const sentences: Span[] = [];
  let from = 0;
  for (const { index, segment } of SENTENCES.segment(source)) {
    const end = index + segment.length;
    if (end < source.length && NOT_YET_A_SENTENCE.test(source.slice(from, end).trim())) continue;
    addTrimmed(sentences, text, { start: span.start + from, end: span.start + end });
    from = end;
  }
  return sentences;
}

/** List items with the lines that belong to them. */
function itemsOf(text: string, span: Span): Span[] {
  const items: Span[] = [];
  for (const line of linesOf(text, span)) {
    const last = items.at(-1);
    if (last && !LIST_ITEM.test(text.slice(line.start, Math.min(line.end, line.start + 12))))
      last.end = line.end;
    else items.push(line);
  }
  return items;
}

function linesOf(text: string, span: Span): Span[] {
  const lines: Span[] = [];
  let start = span.start;
  while (start < span.end) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 || feed > span.end ? span.end : feed;
    addTrimmed(lines, text, { start, end });
    start = end + 1;
  }
  return lines;
}

/** Pieces of at most `size` characters, cut at a space where there is one in the second half of the piece. */
function wordsOf(text: string, span: Span, size: number): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  while (span.end - start > size) {
    let cut = start + size;
    while (cut > start + size / 2 && !/\s/.test(text.charAt(cut))) cut--;
    if (cut <= start + size / 2) cut = start + size - (isSurrogatePair(text, start + size) ? 1 : 0);
    addTrimmed(pieces, text, { start, end: cut });
    start = cut;
  }
  addTrimmed(pieces, text, { start, end: span.end });
  return pieces;
}

/** Whether a cut at `index` would tear a character of two units apart. */
function isSurrogatePair(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff;
}

function addTrimmed(spans: Span[], text: string, span: Span): void {
  const trimmed = trim(text, span);
  if (trimmed) spans.push(trimmed);
}

/** A span without the white space at its edges, or null when nothing is left. */
function trim(text: string, { start, end }: Span): Span | null {
  const source = text.slice(start, end);
  const from = source.length - source.trimStart().length;
  const to = source.trimEnd().length;
  return from < to ? { start: start + from, end: start + to } : null;
}
