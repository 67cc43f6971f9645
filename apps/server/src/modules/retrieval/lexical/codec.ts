import { ByteReader, ByteWriter } from "./bytes.ts";

/** Where a term occurs: ordinals ascending, and beside each how often. */
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
 * in bytes, then for each chunk the gap to the ordinal before (from `firstOrdinal` on) and the count. All
 * numbers are varints.
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

/** What a segment says of itself, in the row of bucket `HEADER_BUCKET`. */
export interface SegmentHeader {
  /** How many different terms it holds: decides into how many buckets they are spread. */
  terms: number;
  /** For each ordinal of the segment: the chunk's length in terms plus one, or 0 if it holds none. */
  lengths: number[];
}

export function encodeHeader(header: SegmentHeader): Buffer {
  const writer = new ByteWriter(header.lengths.length * 2 + 5);
  writer.varint(header.terms);
  for (const length of header.lengths) writer.varint(length);
  return writer.written();
}

export function decodeHeader(bytes: Uint8Array): SegmentHeader {
  const reader = new ByteReader(bytes);
  const terms = reader.varint();
  const lengths: number[] = [];
  while (!reader.done) lengths.push(reader.varint());
  return { terms, lengths };
}
