import { expect, test } from "vitest";
import { pointChange, ratioChange, shareOf, toneOf } from "./change.ts";

test("numbers change by a share of what they were, shares by points", () => {
  expect(ratioChange(15, 10)).toEqual({ kind: "ratio", by: 0.5 });
  expect(ratioChange(0, 10)).toEqual({ kind: "ratio", by: -1 });
  expect(pointChange(0.5, 0.25)).toEqual({ kind: "points", by: 0.25 });
});

test("there is nothing to compare with nothing", () => {
  expect(ratioChange(5, 0)).toBeNull();
  expect(ratioChange(null, 10)).toBeNull();
  expect(pointChange(0.5, null)).toBeNull();
  expect(shareOf(0, 0)).toBeNull();
  expect(shareOf(1, 4)).toBe(0.25);
});

test("more is good or bad by what it is of, and a hair is neither", () => {
  const more = ratioChange(12, 10);
  expect(toneOf(more, "more")).toBe("good");
  expect(toneOf(more, "less")).toBe("bad");
  expect(toneOf(more, "neither")).toBe("neutral");
  expect(toneOf(ratioChange(1001, 1000), "less")).toBe("neutral");
  expect(toneOf(null, "more")).toBe("neutral");
});
