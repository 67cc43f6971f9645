import { expect, test } from "vitest";
import { inputOf, rangeOf, searchOfRange } from "./range.ts";

test("an address without a range, or with one that there is not, means thirty days of everyone", () => {
  const usual = { preset: "30d", from: "", to: "", audience: "all" };
  expect(rangeOf({})).toEqual(usual);
  expect(rangeOf({ range: "1y", audience: "robots" })).toEqual(usual);
  expect(searchOfRange(rangeOf({}))).toEqual({});
});

test.each([
  {},
  { range: "7d" },
  { range: "lastMonth", audience: "visitors" },
  { range: "custom", from: "2026-01-01", to: "2026-01-31" },
])("%j stays in the address as it is", (search) => {
  expect(searchOfRange(rangeOf(search))).toEqual(search);
});

test("the server is asked once a range of one's own is whole", () => {
  const own = { range: "custom", from: "2026-01-01" };
  expect(inputOf(rangeOf(own), "UTC")).toBeNull();
  expect(inputOf(rangeOf({ ...own, to: "2026-01-31" }), "Asia/Tokyo")).toEqual({
    dateRangePreset: "custom",
    startDate: "2026-01-01",
    endDate: "2026-01-31",
    audience: "all",
    timeZone: "Asia/Tokyo",
  });
  expect(inputOf(rangeOf({ range: "7d", from: "2026-01-01" }), "UTC")).not.toHaveProperty("startDate");
});
