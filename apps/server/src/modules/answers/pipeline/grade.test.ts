import { describe, expect, test } from "vitest";
import { grade } from "./grade.ts";
import { refineQuery } from "./refine.ts";
import { passage } from "./testing/passage.ts";

const passages = [
  passage({ text: "Delivery to Belgium costs 12 euros." }),
  passage({ text: "Shipping costs are not refunded." }),
];

describe("evidence", () => {
  test("that speaks of the whole question is enough", () => {
    const graded = grade("What does delivery to Belgium cost?", "en", passages);
    expect(graded).toMatchObject({ verdict: "correct", missingTerms: [] });
    expect(graded.confidence).toBeGreaterThan(0.9);
  });

  test("that speaks of half of it is perhaps enough", () => {
    const graded = grade("What does delivery to Portugal cost?", "en", passages);
    expect(graded.verdict).toBe("ambiguous");
    expect(graded.missingTerms).toHaveLength(1);
  });

  test.each([
    ["speaks of something else", "Which moons of Jupiter have volcanoes?", passages],
    ["is absent", "What does delivery to Belgium cost?", []],
    ["cannot be told from a question of stop words", "what is it?", passages],
    ["cannot be told from no question", "?!", passages],
  ])("that %s is not enough", (_title, question, found) => {
    expect(grade(question, "en", found)).toMatchObject({ verdict: "incorrect", confidence: 0 });
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
