import { describe, expect, test } from "vitest";
import { isAppError } from "../../../platform/errors/index.ts";
import { mostDays, resolvePeriod } from "./period.ts";

const now = new Date("2026-03-15T23:30:00Z");
const resolve = (input: Partial<Parameters<typeof resolvePeriod>[0]>) =>
  resolvePeriod({ timeZone: "UTC", ...input }, now);

function refusalOf(input: Parameters<typeof resolve>[0]): string {
  try {
    resolve(input);
  } catch (error) {
    if (isAppError(error) && error.code === "VALIDATION_ERROR") return error.message;
    throw error;
  }
  throw new Error("It was not refused.");
}

test.each([
  ["today", "2026-03-15", "2026-03-15", "2026-03-14", "2026-03-14"],
  ["7d", "2026-03-09", "2026-03-15", "2026-03-02", "2026-03-08"],
  ["30d", "2026-02-14", "2026-03-15", "2026-01-15", "2026-02-13"],
  ["90d", "2025-12-16", "2026-03-15", "2025-09-17", "2025-12-15"],
  ["thisMonth", "2026-03-01", "2026-03-15", "2026-02-14", "2026-02-28"],
  ["lastMonth", "2026-02-01", "2026-02-28", "2026-01-04", "2026-01-31"],
] as const)(
  "%s is from %s to %s, compared with %s to %s",
  (dateRangePreset, startDate, endDate, from, to) => {
    expect(resolve({ dateRangePreset })).toMatchObject({
      preset: dateRangePreset,
      startDate,
      endDate,
      previous: { startDate: from, endDate: to },
    });
  },
);

test("without a range it is thirty days; with days it is those", () => {
  expect(resolve({}).preset).toBe("30d");
  expect(resolve({ startDate: "2026-01-01", endDate: "2026-01-02" })).toMatchObject({
    preset: "custom",
    days: 2,
  });
});

test("a first day alone goes on until today, a last day alone ends thirty days", () => {
  expect(resolve({ startDate: "2026-03-01" })).toMatchObject({
    preset: "custom",
    startDate: "2026-03-01",
    endDate: "2026-03-15",
  });
  expect(resolve({ startDate: "2026-03-16", timeZone: "Asia/Tokyo" }).days).toBe(1);
  expect(resolve({ dateRangePreset: "custom", endDate: "2026-01-30" })).toMatchObject({
    startDate: "2026-01-01",
    endDate: "2026-01-30",
  });
});

test("today is the zone's own", () => {
  expect(resolve({ dateRangePreset: "today", timeZone: "Asia/Tokyo" }).startDate).toBe("2026-03-16");
  expect(resolve({ dateRangePreset: "today", timeZone: "America/Los_Angeles" }).startDate).toBe("2026-03-15");
});

test("the periods touch, and end with the last day", () => {
  const { from, split, to } = resolve({
    startDate: "2026-03-29",
    endDate: "2026-03-29",
    timeZone: "Europe/Paris",
  });
  expect([from, split, to].map((moment) => moment.toISOString())).toEqual([
    "2026-03-27T23:00:00.000Z",
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
});

test("a moment means its day in the zone, a day itself", () => {
  const days = (startDate: string, timeZone: string) =>
    resolve({ startDate, endDate: "2026-03-10", timeZone }).startDate;
  expect(days("2026-03-01T00:00:00.000Z", "America/New_York")).toBe("2026-02-28");
  expect(days("2026-03-01", "America/New_York")).toBe("2026-03-01");
  expect(days("2026-03-01T23:00:00-05:00", "UTC")).toBe("2026-03-02");
});

describe("is refused", () => {
  test.each([
    [{ timeZone: "Mars/Olympus" }, /no time zone "Mars\/Olympus".*Europe\/Paris/],
    [{ dateRangePreset: "custom" as const }, /startDate/],
    [{ startDate: "2026-03-16" }, /2026-03-16, is after the last, 2026-03-15/],
    [{ startDate: "2025-03-14" }, /At most 366 days at once.* are 367/],
    [{ endDate: "2000-01-29" }, /from 2000-01-01 to 2100-12-31/],
    [
      { dateRangePreset: "7d" as const, startDate: "2026-01-01", endDate: "2026-01-02" },
      /either the range 7d or days/,
    ],
    [{ startDate: "2026-01-02", endDate: "2026-01-01" }, /2026-01-02, is after the last, 2026-01-01/],
    [{ startDate: "1999-12-31", endDate: "2000-01-01" }, /from 2000-01-01 to 2100-12-31/],
    [{ startDate: "2100-12-31", endDate: "2101-01-01" }, /from 2000-01-01 to 2100-12-31/],
    [{ startDate: "2025-01-01", endDate: "2026-01-02" }, /At most 366 days at once.* are 367/],
  ])("%j", (input, message) => {
    expect(refusalOf(input)).toMatch(message);
  });
});

test("as many days as may be, and the first and last that there are", () => {
  expect(resolve({ startDate: "2024-01-01", endDate: "2024-12-31" }).days).toBe(mostDays);
  expect(resolve({ startDate: "2000-01-01", endDate: "2000-01-01" }).previous.startDate).toBe("1999-12-31");
  expect(resolve({ startDate: "2100-12-31", endDate: "2100-12-31" }).to.toISOString()).toBe(
    "2101-01-01T00:00:00.000Z",
  );
});
