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
const MERGE_WIDTH = 8;
/** A segment is rewritten alone when at least so many, and half of its chunks, were removed. */
const REMOVED_WORTH_A_REWRITE = 64;

/**
 * The neighbours that should become one segment next; empty if none are due. `spans` are in the order of
 * their ordinals. A run has together at most `maxChunks`, and is due if eight of it are of one size class
 * and none of a larger one, or if it fills a largest segment by more than half and none of it is more than
 * half of the run. Each chunk is so rewritten about once a class. A segment that is wholly or mostly dead
 * is rewritten alone.
 */
export function nextMerge(spans: readonly SegmentSpan[], maxChunks: number): SegmentSpan[] {
  const dead = spans.find(isMostlyDead);
  if (dead) return [dead];
  const largest = Math.max(0, ...spans.map(({ liveChunks }) => sizeClass(liveChunks)));
  for (let limit = 0; limit <= largest; limit++) {
    for (let start = 0; start < spans.length; start++) {
      const run = runFrom(spans, start, limit, maxChunks);
      if (isDue(run, limit, maxChunks)) return run;
    }
  }
  return [];
}

/** The longest run from `start` of segments up to a size class that fits into one segment. */
function runFrom(
  spans: readonly SegmentSpan[],
  start: number,
  limit: number,
  maxChunks: number,
): SegmentSpan[] {
  const run: SegmentSpan[] = [];
  let total = 0;
  for (const span of spans.slice(start)) {
    total += span.liveChunks;
    if (total > maxChunks || sizeClass(span.liveChunks) > limit) break;
    run.push(span);
  }
  return run;
}

function isDue(run: readonly SegmentSpan[], limit: number, maxChunks: number): boolean {
  const sizes = run.map(({ liveChunks }) => liveChunks);
  if (sizes.filter((size) => sizeClass(size) === limit).length >= MERGE_WIDTH) return true;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total * 2 > maxChunks && Math.max(0, ...sizes) * 2 <= total;
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
