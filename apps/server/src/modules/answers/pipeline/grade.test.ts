import { describe, expect, test } from "vitest";
import { analyze } from "../../../platform/text/index.ts";
import { grade } from "./grade.ts";
import type { NumberedPassage } from "./prompt.ts";
import { refineQuery } from "./refine.ts";
import { passage } from "./testing/passage.ts";

const passages = [
  passage({ text: "Delivery to Belgium costs 12 euros." }),
  passage({ text: "Shipping costs are not refunded." }),
];

/** What a search over these passages alone would have said. */
function evidence(found: NumberedPassage[], question: string) {
  const held = found.map(({ text }) => new Set(analyze(text, "en")));
  const frequencies = new Map(
    analyze(question, "en").map((term) => [term, held.filter((terms) => terms.has(term)).length]),
  );
  return { passages: found, liveChunks: found.length, frequencies };
}
const judge = (question: string, found = passages) => grade(question, "en", evidence(found, question));

describe("evidence", () => {
  test("that speaks of the whole question is enough", () => {
    expect(judge("What does delivery to Belgium cost?")).toMatchObject({
      verdict: "correct",
      missingTerms: [],
    });
  });

  test("that lacks the place that was asked about counts for less, and says what it lacks", () => {
    const graded = judge("What does delivery to Portugal cost?");
    expect(graded.verdict).not.toBe("correct");
    expect(graded.confidence).toBeLessThan(judge("What does delivery to Belgium cost?").confidence);
    expect(graded.missingTerms).toHaveLength(1);
  });

  test.each([
    ["speaks of something else", "Which moons of Jupiter have volcanoes?", passages],
    ["is absent", "What does delivery to Belgium cost?", []],
    ["cannot be told from a question of stop words", "what is it?", passages],
    ["cannot be told from no question", "?!", passages],
  ])("that %s is not enough", (_title, question, found) => {
    expect(judge(question, found)).toMatchObject({ verdict: "incorrect", confidence: 0 });
  });
});

describe("a refined query", () => {
  test("drops the filler and what nothing holds", () => {
    expect(refineQuery("What does delivery to Portugal cost, please?", "en", ["portug"])).not.toMatch(
      /what|portugal/i,
    );
    expect(refineQuery("What does delivery to Portugal cost, please?", "en", ["portug"])).toMatch(/delivery/);
  });

  test("is none when nothing would change", () => {
    expect(refineQuery("delivery", "en", [])).toBeNull();
    expect(refineQuery("", "en", [])).toBeNull();
  });

  test("keeps its words when every one is missing", () => {
    expect(refineQuery("the delivery", "en", ["deliveri"])).toBe("delivery");
  });
});
