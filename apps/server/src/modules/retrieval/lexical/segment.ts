import type { ChunkTerms } from "../analysis.ts";
import { HEADER_BUCKET, hashTerm, OWN_ROW_CHUNKS, ownBucket, sharedBucket } from "./buckets.ts";
import {
  encodeHeader,
  encodeRow,
  type Lengths,
  type PostingList,
  packCount,
  rowEntries,
  visitPostings,
} from "./codec.ts";

/** Terms; snapshots keep the lengths of titles and headings in 16 bits. */
const LONGEST_FIELD = 0xffff;

/** A row of a segment as it is stored. */
export interface SegmentRow {
  bucket: number;
  data: Buffer;
}

/** Terms with their postings, and the lengths of chunks, for ordinals from `firstOrdinal` on. */
export interface Inverted {
  firstOrdinal: number;
  lengths: Lengths;
  postings: Map<string, PostingList>;
}

/** Turns the term lists of chunks around: from "which terms has a chunk" to "which chunks has a term". */
export function invert(chunks: readonly ChunkTerms[], firstOrdinal: number): Inverted {
  const postings = new Map<string, PostingList>();
  chunks.forEach(({ text, title, headings }, i) => {
    const counts = new Map<string, number>();
    for (const term of text) counts.set(term, (counts.get(term) ?? 0) + 1);
    const inTitle = new Set(title);
    const inHeadings = new Set(headings);
    for (const term of new Set([...counts.keys(), ...inTitle, ...inHeadings])) {
      const count = packCount(counts.get(term) ?? 0, inTitle.has(term), inHeadings.has(term));
      append(postings, term, firstOrdinal + i, count);
    }
  });
  return {
    firstOrdinal,
    lengths: {
      text: chunks.map(({ text }) => text.length + 1),
      title: chunks.map(({ title }) => Math.min(title.length, LONGEST_FIELD)),
      headings: chunks.map(({ headings }) => Math.min(headings.length, LONGEST_FIELD)),
    },
    postings,
  };
}

function append(postings: Map<string, PostingList>, term: string, ordinal: number, count: number): void {
  let list = postings.get(term);
  if (!list) {
    list = { ordinals: [], counts: [] };
    postings.set(term, list);
  }
  list.ordinals.push(ordinal);
  list.counts.push(count);
}

/** The rows of one segment: its header and its terms by bucket. */
export function* segmentRows(inverted: Inverted): Generator<SegmentRow> {
  const terms = inverted.postings.size;
  yield { bucket: HEADER_BUCKET, data: encodeHeader({ terms, lengths: inverted.lengths }) };
  const buckets = new Map<number, [string, PostingList][]>();
  for (const entry of inverted.postings) {
    const hash = hashTerm(entry[0]);
    const frequent = entry[1].ordinals.length >= OWN_ROW_CHUNKS;
    const bucket = frequent ? ownBucket(hash) : sharedBucket(hash, terms);
    const sharing = buckets.get(bucket);
    if (sharing) sharing.push(entry);
    else buckets.set(bucket, [entry]);
  }
  for (const [bucket, entries] of buckets) {
    yield { bucket, data: encodeRow(entries, inverted.firstOrdinal) };
  }
}

/**
 * Adds the postings of one stored row to `inverted`, without the chunks that `isLive` denies. The rows of
 * neighbouring segments must come in the order of their ordinals.
 */
export function addRow(
  inverted: Inverted,
  row: Buffer,
  firstOrdinal: number,
  isLive: (ordinal: number) => boolean,
): void {
  for (const entry of rowEntries(row)) {
    const term = row.toString("utf8", entry.termStart, entry.termEnd);
    visitPostings(row, entry, firstOrdinal, (ordinal, count) => {
      if (isLive(ordinal)) append(inverted.postings, term, ordinal, count);
    });
  }
}
