import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestSketches, sketchOf, sketchWidth, writeBits } from "./sketches.ts";

const bits = (dimensions: number) => fc.array(fc.boolean(), { minLength: dimensions, maxLength: dimensions });
const chunks = fc
  .integer({ min: 1, max: 70 })
  .chain((dimensions) =>
    fc.tuple(
      fc.array(fc.tuple(bits(dimensions), fc.boolean()), { minLength: 1, maxLength: 40 }),
      bits(dimensions),
    ),
  );

const toVector = (sketch: boolean[]): number[] => sketch.map((bit) => (bit ? 0.5 : -0.5));
const toText = (sketch: boolean[]): string => sketch.map((bit) => (bit ? "1" : "0")).join("");

test("the nearest sketches are those that a sort by distance, then ordinal, puts first", () => {
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 45 }), ([stored, query], limit) => {
      const width = sketchWidth(query.length);
      const words = new Int32Array(stored.length * width);
      stored.forEach(([sketch], i) => {
        writeBits(toText(sketch), words, i * width);
      });
      const lengths = Uint32Array.from(stored, ([, live]) => (live ? 9 : 0));
      const expected = stored
        .map(([sketch, live], ordinal) => ({
          ordinal,
          live,
          distance: sketch.filter((bit, i) => bit !== query[i]).length,
        }))
        .filter(({ live }) => live)
        .sort((a, b) => a.distance - b.distance || a.ordinal - b.ordinal)
        .slice(0, limit)
        .map(({ ordinal }) => ordinal)
        .sort((a, b) => a - b);
      const sketches = { count: stored.length, width, words };
      expect(nearestSketches(sketches, lengths, sketchOf(toVector(query)), limit)).toEqual(expected);
    }),
  );
});

test("a vector's sketch is the one that the database writes", () => {
  const words = new Int32Array(2);
  writeBits("100000000000000000000000000000010000001", words, 0);
  const vector = Array.from({ length: 39 }, (_, i) => ([0, 31, 38].includes(i) ? 0.1 : i % 2 ? 0 : -0.1));
  expect(sketchOf(vector)).toEqual(words);
});
