import { expect, test } from "vitest";
import { gradingOf } from "./grading.ts";

const stage = (data: Record<string, unknown>) => ({ stage: "grade" as const, ms: 1, summary: "", data });

test("rare words stand first, and those that were not found are marked", () => {
  const grading = gradingOf(
    stage({
      confidence: 0.4,
      share: 0.7,
      lead: 0,
      thresholds: { correct: 0.6, ambiguous: 0.27 },
      missingTerms: ["portug"],
      terms: [
        { term: "cost", weight: 0.2 },
        { term: "portug", weight: 1 },
      ],
    }),
  );
  expect(grading).toEqual({
    confidence: 0.4,
    share: 0.7,
    lead: 0,
    thresholds: { correct: 0.6, ambiguous: 0.27 },
    terms: [
      { term: "portug", isMissing: true },
      { term: "cost", isMissing: false },
    ],
  });
});

test("of an older answer there is what was not found", () => {
  expect(gradingOf(stage({ confidence: 0.4, missingTerms: ["moon", 3] }))).toEqual({
    confidence: 0.4,
    share: null,
    lead: null,
    thresholds: null,
    terms: [{ term: "moon", isMissing: true }],
  });
});
