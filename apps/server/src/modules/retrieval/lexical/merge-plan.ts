/** A segment's ordinals, and how many of its chunks are still live. */
export interface SegmentSpan {
  segment: number;
  firstOrdinal: number;
  endOrdinal: number;
  liveChunks: number;
  /** Chunks that were removed since the segment was written. */
  removedChunks: number;
}

/** So many neighbours of one size class become one segment of the next. */
export const MERGE_WIDTH = 8;
/** A segment is rewritten alone when at least so many, and half of its chunks, were removed. */
const REMOVED_WORTH_A_REWRITE = 64;

/**
 * The neighbours that should become one segment next; empty if none are due. `spans` are in the order of
 * their ordinals. A run is eight or more neighbours of at most one size class with together at most
 * `maxChunks`, so that each chunk is rewritten once a class; or one segment that is mostly or wholly dead.
 */
export function nextMerge(spans: readonly SegmentSpan[], maxChunks: number): SegmentSpan[] {
  const dead = spans.find(isMostlyDead);
  if (dead) return [dead];
  const classes = spans.map(({ liveChunks }) => sizeClass(liveChunks));
  for (let limit = 0; limit <= Math.max(0, ...classes); limit++) {
    for (let start = 0; start < spans.length; start++) {
      let end = start;
      let total = 0;
      while (end < spans.length && (classes[end] ?? 0) <= limit) {
        total += spans[end]?.liveChunks ?? 0;
        if (total > maxChunks) break;
        end++;
      }
      if (end - start >= MERGE_WIDTH) return spans.slice(start, end);
      if (end > start && total <= maxChunks) start = end - 1; // nothing longer begins inside this run
    }
  }
  return [];
}

function isMostlyDead({ liveChunks, removedChunks }: SegmentSpan): boolean {
  if (removedChunks === 0) return false;
  return liveChunks === 0 || (removedChunks >= REMOVED_WORTH_A_REWRITE && removedChunks >= liveChunks);
}

function sizeClass(chunks: number): number {
  let size = 0;
  for (let rest = chunks; rest >= MERGE_WIDTH; rest = Math.floor(rest / MERGE_WIDTH)) size++;
  return size;
}
