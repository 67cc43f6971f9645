import fc from "fast-check";
import { expect, test } from "vitest";
import { nextMerge, type SegmentSpan } from "./merge-plan.ts";

const MAX = 8_192;

function spansOf(sizes: readonly (readonly [live: number, removed: number])[]): SegmentSpan[] {
  let ordinal = 0;
  return sizes.map(([liveChunks, removedChunks], segment) => {
    const firstOrdinal = ordinal;
    ordinal += liveChunks + removedChunks;
    return { segment, firstOrdinal, endOrdinal: ordinal, liveChunks, removedChunks };
  });
}

/** What `mergeIndex` does to the plan's input, until nothing is due. */
function mergeAll(spans: SegmentSpan[]): { spans: SegmentSpan[]; written: number } {
  let written = 0;
  let current = spans;
  for (let round = 0; round <= spans.length * 2; round++) {
    const run = nextMerge(current, MAX);
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return { spans: current, written };
    const liveChunks = run.reduce((sum, span) => sum + span.liveChunks, 0);
    written += liveChunks;
    const merged = { ...first, endOrdinal: last.endOrdinal, liveChunks, removedChunks: 0 };
    const at = current.indexOf(first);
    current = [
      ...current.slice(0, at),
      ...(liveChunks > 0 ? [merged] : []),
      ...current.slice(at + run.length),
    ];
  }
  throw new Error("The plan does not come to an end.");
}

test("seven small segments stay, eight become one", () => {
  const seven = spansOf(Array.from({ length: 7 }, () => [1, 0] as const));
  expect(nextMerge(seven, MAX)).toEqual([]);
  const eight = spansOf(Array.from({ length: 8 }, () => [1, 0] as const));
  expect(nextMerge(eight, MAX)).toEqual(eight);
});

test("a segment without live chunks is dropped, one that is half dead rewritten", () => {
  expect(
    nextMerge(
      spansOf([
        [5, 0],
        [0, 3],
      ]),
      MAX,
    ).map(({ segment }) => segment),
  ).toEqual([1]);
  expect(
    nextMerge(
      spansOf([
        [5, 0],
        [64, 64],
      ]),
      MAX,
    ).map(({ segment }) => segment),
  ).toEqual([1]);
  expect(
    nextMerge(
      spansOf([
        [5, 0],
        [10, 12],
      ]),
      MAX,
    ),
  ).toEqual([]);
});

test("merging comes to an end, keeps every chunk, and leaves few segments", () => {
  const size = fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.nat(500));
  fc.assert(
    fc.property(fc.array(size, { maxLength: 60 }), (sizes) => {
      const before = spansOf(sizes);
      const after = mergeAll(before).spans;
      const live = (spans: SegmentSpan[]): number => spans.reduce((sum, span) => sum + span.liveChunks, 0);
      expect(live(after)).toBe(live(before));
      expect(nextMerge(after, MAX)).toEqual([]);
    }),
  );
});

test("ten thousand documents are written few times over and end in few segments", () => {
  let spans: SegmentSpan[] = [];
  let written = 0;
  for (let i = 0; i < 10_000; i++) {
    const firstOrdinal = spans.at(-1)?.endOrdinal ?? 0;
    spans.push({
      segment: 20_000 + i,
      firstOrdinal,
      endOrdinal: firstOrdinal + 3,
      liveChunks: 3,
      removedChunks: 0,
    });
    const merged = mergeAll(spans);
    spans = merged.spans;
    written += merged.written;
  }
  expect(spans.length).toBeLessThan(60);
  expect(written / 30_000).toBeLessThan(6);
});
