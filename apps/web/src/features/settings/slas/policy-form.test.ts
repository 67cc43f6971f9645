import { expect, test } from "vitest";
import { targetsOf, textsOf } from "./policy-form.ts";

const written = (first: string, whole: string) => ({
  ...textsOf(null),
  P1: { firstResponseMinutes: first, resolutionMinutes: whole },
});

test.each([
  ["", "", { firstResponseMinutes: null, resolutionMinutes: null }],
  [" 15 ", "", { firstResponseMinutes: 15, resolutionMinutes: null }],
  ["1", "527040", { firstResponseMinutes: 1, resolutionMinutes: 527_040 }],
])("%j and %j are minutes", (first, whole, expected) => {
  expect(targetsOf(written(first, whole))?.P1).toEqual(expected);
});

test.each([
  ["0", ""],
  ["1.5", ""],
  ["-1", ""],
  ["one", ""],
  ["", "527041"],
  ["60", "30"],
])("%j and %j are none", (first, whole) => {
  expect(targetsOf(written(first, whole))).toBeNull();
});
