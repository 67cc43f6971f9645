import fc from "fast-check";
import { expect, test } from "vitest";
import { HEADER_BUCKET } from "./buckets.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import {
  countInText,
  decodeHeader,
  encodeHeader,
  encodeRow,
  FORMAT,
  isInHeadings,
  isInTitle,
  type PostingList,
  packCount,
  rowEntries,
  visitPostings,
} from "./codec.ts";
import { addRow, type Inverted, invert, segmentRows } from "./segment.ts";

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const postingList = (first: number) =>
  fc
    .array(fc.tuple(fc.nat(300_000), fc.integer({ min: 1, max: 100_000 })), { maxLength: 80 })
    .map((gaps): PostingList => {
      let ordinal = first - 1;
      const ordinals = gaps.map(([gap]) => {
        ordinal += gap + 1;
        return ordinal;
      });
      return { ordinals, counts: gaps.map(([, count]) => count) };
    });

function decodeRow(row: Buffer, first: number): [string, PostingList][] {
  return [...rowEntries(row)].map((entry) => {
    const list: PostingList = { ordinals: [], counts: [] };
    visitPostings(row, entry, first, (ordinal, count) => {
      list.ordinals.push(ordinal);
      list.counts.push(count);
    });
    return [row.toString("utf8", entry.termStart, entry.termEnd), list];
  });
}

test("numbers of 32 bits survive", () => {
  fc.assert(
    fc.property(fc.array(uint32), (numbers) => {
      const writer = new ByteWriter(1);
      for (const number of numbers) writer.varint(number);
      const reader = new ByteReader(writer.written());
      expect(numbers.map(() => reader.varint())).toEqual(numbers);
      expect(reader.done).toBe(true);
    }),
  );
});

test("a row gives back its terms and postings, from any first ordinal", () => {
  fc.assert(
    fc.property(
      uint32
        .map((n) => n >>> 4)
        .chain((first) =>
          fc.tuple(
            fc.constant(first),
            fc.array(fc.tuple(fc.string({ unit: "grapheme" }), postingList(first))),
          ),
        ),
      ([first, entries]) => {
        expect(decodeRow(encodeRow(entries, first), first)).toEqual(entries);
      },
    ),
  );
});

test("a header gives back terms and lengths", () => {
  const lengths = fc
    .array(
      fc
        .tuple(
          uint32.filter((n) => n > 0),
          uint32,
          uint32,
        )
        .map((chunk) => [...chunk]),
    )
    .chain((live) => fc.shuffledSubarray([...live, [0, 0, 0], [0, 0, 0]]))
    .map((chunks) => ({
      text: chunks.map(([text = 0]) => text),
      title: chunks.map(([, title = 0]) => title),
      headings: chunks.map(([, , headings = 0]) => headings),
    }));
  fc.assert(
    fc.property(uint32, lengths, (terms, lengths) => {
      expect(decodeHeader(encodeHeader({ terms, lengths }), FORMAT)).toEqual({ terms, lengths });
    }),
  );
});

test("a header of the first release has lengths of texts alone", () => {
  const writer = new ByteWriter();
  for (const number of [7, 3, 0, 12]) writer.varint(number);
  expect(decodeHeader(writer.written(), 1)).toEqual({
    terms: 7,
    lengths: { text: [3, 0, 12], title: [0, 0, 0], headings: [0, 0, 0] },
  });
});

test("a count says how often in the text, whether in the title and whether in the headings", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.boolean(), fc.boolean(), (text, title, headings) => {
      const count = packCount(text, title, headings);
      expect([countInText(count), isInTitle(count), isInHeadings(count)]).toEqual([text, title, headings]);
    }),
  );
});

test("a row that was cut short is refused, not misread", () => {
  const row = encodeRow([["term", { ordinals: [1, 900], counts: [1, 300] }]], 0);
  for (let length = 1; length < row.length; length++) {
    expect(() => decodeRow(row.subarray(0, length), 0)).toThrow("ends too early");
  }
});

const words = fc.array(fc.constantFrom("a", "b", "c", "tea", "شاي", "thé"));
const corpus = fc.array(fc.record({ text: words, title: words, headings: words }), {
  minLength: 1,
  maxLength: 90,
});

test("segments hold exactly what was inverted, and merge into what one segment would have been", () => {
  fc.assert(
    fc.property(corpus, fc.nat(90), fc.func(fc.boolean()), (chunks, cut, isLive) => {
      const parts = [chunks.slice(0, cut), chunks.slice(cut)];
      const merged: Inverted = {
        firstOrdinal: 0,
        lengths: { text: [], title: [], headings: [] },
        postings: new Map(),
      };
      let first = 0;
      for (const part of parts) {
        for (const { bucket, data } of segmentRows(invert(part, first))) {
          if (bucket !== HEADER_BUCKET) addRow(merged, data, first, isLive);
        }
        first += part.length;
      }
      const expected = invert(
        chunks.map((terms, i) => (isLive(i) ? terms : { text: [], title: [], headings: [] })),
        0,
      );
      expect(merged.postings).toEqual(expected.postings);
    }),
  );
});
