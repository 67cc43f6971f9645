/*
 * Which row of a segment holds a term. A small segment is one row; a larger one spreads its terms over
 * buckets, so that a query reads little and a segment is not thousands of rows. A frequent term has a
 * row of its own, so that its neighbours need not be read with it.
 */

/** Bucket of the row with the segment's header. */
export const HEADER_BUCKET = -1;
/** From so many chunks on, a term has its own row. */
export const OWN_ROW_CHUNKS = 64;

const BUCKETS = [1, 64, 1024] as const;
const OWN_ROW = 0x4000_0000;

/** 32-bit FNV-1a over UTF-16 code units. */
export function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The bucket that a term shares with others, in a segment of so many different terms. */
export function sharedBucket(hash: number, termsInSegment: number): number {
  const level = termsInSegment <= 2_048 ? 0 : termsInSegment <= 32_768 ? 1 : 2;
  return (level << 16) | (hash & (BUCKETS[level] - 1));
}

/** The bucket of a frequent term. Terms with equal hashes share it; their rows tell them apart. */
export function ownBucket(hash: number): number {
  return OWN_ROW | (hash & (OWN_ROW - 1));
}
