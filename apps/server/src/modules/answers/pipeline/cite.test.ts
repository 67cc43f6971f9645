import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CitationTracker } from "./cite.ts";
import { passage } from "./testing/passage.ts";

const passages = [
  passage({
    number: 1,
    startOffset: 100,
    text: "A refund takes 14 days. Shipping costs are not refunded. Keep the receipt.",
  }),
  passage({ number: 2, startOffset: 500, text: "Delivery to Belgium costs 12 euros." }),
];
const cite = (...deltas: string[]) => {
  const tracker = new CitationTracker(passages, "en");
  return { fresh: deltas.map((delta) => tracker.add(delta)), all: tracker.citations };
};

describe("a citation", () => {
  test("points at the sentence that the words before its mark rest on", () => {
    const { all } = cite("Shipping costs are not refunded. [1]");
    expect(all).toMatchObject([
      { number: 1, quote: "Shipping costs are not refunded.", startOffset: 124, endOffset: 156 },
    ]);
  });

  test("is known with its mark, once, however the words are cut", () => {
    const { fresh, all } = cite(
      "A refund takes 14",
      " days. [",
      "1",
      "] And delivery costs 12 euros [2][1].",
    );
    expect(fresh.map((citations) => citations.map(({ number }) => number))).toEqual([[], [], [], [1, 2]]);
    expect(all.map(({ number }) => number)).toEqual([1, 2]);
    expect(all[1]?.quote).toBe("Delivery to Belgium costs 12 euros.");
  });

  test("of a source that was not given is none", () => {
    expect(cite("So it is. [3] [0] [99] [1000] [x]").all).toEqual([]);
  });

  test("of words that the source has not points at the whole of it", () => {
    const [citation] = cite("Zebras dance. [2]").all;
    expect(citation).toMatchObject({ startOffset: 500, quote: passages[1]?.text });
  });

  test("always quotes what stands at its place, whatever the model writes", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("[1]", "[2]", "[", "]", "A refund", "\n", " costs ", "."),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (deltas) => {
        for (const citation of cite(...deltas).all) {
          const source = passages.find(({ number }) => number === citation.number);
          if (!source) throw new Error("It cites no source.");
          const { startOffset, endOffset, quote } = citation;
          expect(source.text.slice(startOffset - source.startOffset, endOffset - source.startOffset)).toBe(
            quote,
          );
        }
        expect(cite(...deltas).all).toEqual(cite(deltas.join("")).all);
      }),
      { numRuns: 200 },
    );
  });
});
