import { expect, test } from "vitest";
import { confidenceOf, learnSharpness, usualSharpness } from "./confidence.ts";

test("confidence is the lead over the others", () => {
  expect(confidenceOf([], 4)).toBe(0);
  expect(confidenceOf([{ score: 1 }, { score: 1 }], 4)).toBe(0.5);
  expect(confidenceOf([{ score: 1.5 }, { score: -0.5 }], 4)).toBe(0.99);
});

test("sharpness makes held-out rankings as sure as they are right", () => {
  const rankings = Array.from({ length: 10 }, () => [{ score: 0.3 }, { score: 0.1 }, { score: 0 }]);
  const sharpness = learnSharpness(rankings, 8);
  expect(confidenceOf(rankings[0] ?? [], sharpness)).toBeCloseTo(0.8, 2);
  expect(learnSharpness([], 0)).toBe(usualSharpness);
});
