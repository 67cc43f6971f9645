import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

test("a day is a line, and what was not measured is empty", () => {
  const nothing = { queryCount: 0, positive: 0, negative: 0, unanswered: 0, cost: 0 };
  const csv = toCsv([
    { ...nothing, date: "2026-03-01" },
    {
      ...nothing,
      date: "2026-03-02",
      queryCount: 2,
      avgResponseTimeMs: 1.5,
      positiveFeedbackRate: 1,
      positive: 1,
    },
  ]);
  expect(csv).toBe(
    "date,queryCount,unanswered,avgResponseTimeMs,positive,negative,positiveFeedbackRate,cost\r\n" +
      "2026-03-01,0,0,,0,0,,0\r\n" +
      "2026-03-02,2,0,1.5,1,0,1,0\r\n",
  );
});
