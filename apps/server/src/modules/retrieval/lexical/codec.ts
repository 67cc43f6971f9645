import { ByteReader, ByteWriter } from "./bytes.ts";

/** Where a term occurs: ordinals ascending, and beside each its count (`packCount`). */
export interface PostingList {
  ordinals: number[];
  counts: number[];
}

/** One term's place in a row: its text is bytes `termStart` to `termEnd`, its postings follow at `start`. */
export interface RowEntry {
  termStart: number;
  termEnd: number;
  /** In how many chunks the term occurred when the segment was written. */
  chunks: number;
  start: number;
}

/**
 * A posting row: for each term its length in bytes, UTF-8 text, number of chunks, length of its postings
 * in bytes, then for each chunk the gap to the ordinal before (from `firstOrdinal` on) and the count, which is
 * `packCount`'s, or in format 1 how often the term occurs. All numbers are varints.
 */
export function encodeRow(entries: Iterable<readonly [string, PostingList]>, firstOrdinal: number): Buffer {
  const row = new ByteWriter();
  const postings = new ByteWriter();
  for (const [term, list] of entries) {
    postings.clear();
    let next = firstOrdinal;
    list.ordinals.forEach((ordinal, i) => {
      postings.varint(ordinal - next);
      postings.varint(list.counts[i] ?? 0);
      next = ordinal + 1;
    });
    const text = Buffer.from(term);
    row.varint(text.length);
    row.bytes(text);
    row.varint(list.ordinals.length);
    row.varint(postings.written().length);
    row.bytes(postings.written());
  }
  return row.written();
}

/** The terms of a row, in the order in which they were written. */
export function* rowEntries(row: Uint8Array): Generator<RowEntry> {
  const reader = new ByteReader(row);
  while (!reader.done) {
    const termBytes = reader.varint();
    const termStart = reader.at;
    reader.at += termBytes;
    const chunks = reader.varint();
    const bytes = reader.varint();
    yield { termStart, termEnd: termStart + termBytes, chunks, start: reader.at };
    reader.at += bytes;
  }
}

/** Calls `visit` for each chunk of an entry, ordinals ascending. */
export function visitPostings(
  row: Uint8Array,
  entry: Pick<RowEntry, "chunks" | "start">,
  firstOrdinal: number,
  visit: (ordinal: number, count: number) => void,
): void {
  const reader = new ByteReader(row, entry.start);
  let next = firstOrdinal;
  for (let i = 0; i < entry.chunks; i++) {
    const ordinal = next + reader.varint();
    visit(ordinal, reader.varint());
    next = ordinal + 1;
  }
}

/** The lengths of a segment's chunks in terms, field by field; for each ordinal one number in each list. */
export interface Lengths {
  /** Of the text, plus one; 0 if the segment holds no chunk of that ordinal. */
  text: number[];
  title: number[];
  headings: number[];
}

/** What a segment says of itself, in the row of bucket `HEADER_BUCKET`. */
export interface SegmentHeader {
  /** How many different terms it holds: decides into how many buckets they are spread. */
  terms: number;
  lengths: Lengths;
}

/**
 * How segments were written. 1: the first release's, where a title's words count as words of the text; such a
 * segment is searched as it is until it is written anew (`renew-index.ts`). Whatever changes what `chunkTerms` or
 * `invert` make needs the next number.
 */
export const FORMAT = 2;

/** Terms, then for each ordinal the length of its text plus one and, unless that is 0, of its title and headings. */
export function encodeHeader({ terms, lengths }: SegmentHeader): Buffer {
  const writer = new ByteWriter(lengths.text.length * 4 + 5);
  writer.varint(terms);
  lengths.text.forEach((length, i) => {
    writer.varint(length);
    if (length === 0) return;
    writer.varint(lengths.title[i] ?? 0);
    writer.varint(lengths.headings[i] ?? 0);
  });
  return writer.written();
}

export function decodeHeader(bytes: Uint8Array, format: number): SegmentHeader {
  const reader = new ByteReader(bytes);
  const terms = reader.varint();
  const lengths: Lengths = { text: [], title: [], headings: [] };
  while (!reader.done) {
    const text = reader.varint();
    const hasFields = text > 0 && format > 1;
    lengths.text.push(text);
    lengths.title.push(hasFields ? reader.varint() : 0);
    lengths.headings.push(hasFields ? reader.varint() : 0);
  }
  return { terms, lengths };
}

/*
 * What a posting counts: how often the term stands in the text, and whether in the title and in the headings, which
 * are so short that a second occurrence tells nothing.
 */
const IN_TITLE = 1;
const IN_HEADINGS = 2;
const TEXT_SHIFT = 2;

/** The count of one term in one chunk. */
export function packCount(inText: number, inTitle: boolean, inHeadings: boolean): number {
  return inText * (1 << TEXT_SHIFT) + (inTitle ? IN_TITLE : 0) + (inHeadings ? IN_HEADINGS : 0);
}

export const countInText = (count: number): number => count >>> TEXT_SHIFT;
export const isInTitle = (count: number): boolean => (count & IN_TITLE) !== 0;
export const isInHeadings = (count: number): boolean => (count & IN_HEADINGS) !== 0;
