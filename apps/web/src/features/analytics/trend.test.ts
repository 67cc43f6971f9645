import { expect, test } from "vitest";
import { pointsOf } from "./trend.ts";

const trend = [
  { date: "2026-03-01", queryCount: 0, positive: 0, negative: 0, unanswered: 0, cost: 0 },
  {
    date: "2026-03-02",
    queryCount: 5,
    avgResponseTimeMs: 120,
    positiveFeedbackRate: 0.5,
    positive: 1,
    negative: 1,
    unanswered: 2,
    cost: 0.01,
  },
];

test("questions without an answer stand on those with one, and both are all", () => {
  expect(pointsOf(trend, "queries")).toEqual([
    { date: "2026-03-01", value: 0, unanswered: 0 },
    { date: "2026-03-02", value: 3, unanswered: 2 },
  ]);
});

test("where nothing was measured there is a gap, not a zero", () => {
  expect(pointsOf(trend, "time").map(({ value }) => value)).toEqual([null, 120]);
  expect(pointsOf(trend, "feedback").map(({ value }) => value)).toEqual([null, 0.5]);
  expect(pointsOf(trend, "cost").map(({ value }) => value)).toEqual([0, 0.01]);
});
