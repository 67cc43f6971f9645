import { describe, expect, test } from "vitest";
import { formatFor } from "./format.ts";

const now = new Date("2026-03-10T12:00:00Z");
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

describe("relative dates", () => {
  test.each([
    [0, "now"],
    [59, "now"],
    [60, "1 minute ago"],
    [3_599, "59 minutes ago"],
    [3_600, "1 hour ago"],
    [86_400, "yesterday"],
    [6 * 86_400, "6 days ago"],
    [7 * 86_400, "Mar 3"],
    [400 * 86_400, "Feb 3, 2025"],
    [-3_600, "in 1 hour"],
  ])("%d seconds ago reads %j", (seconds, text) => {
    expect(formatFor("en", "UTC").relative(before(seconds), now)).toBe(text);
  });

  test("are in the reader's language", () => {
    expect(formatFor("fr", "UTC").relative(before(120), now)).toBe("il y a 2 minutes");
    expect(formatFor("ar", "UTC").relative(before(3 * 60), now)).toBe("قبل 3 دقائق");
  });
});

test("exact dates are in the reader's zone", () => {
  const format = formatFor("en", "Europe/Paris");
  expect(format.time(now)).toMatch(/^1:00\sPM$/);
  expect(format.exact(now)).toContain("March 10, 2026");
});

test("numbers carry units", () => {
  const format = formatFor("en");
  expect(format.bytes(512)).toBe("512 bytes");
  expect(format.bytes(1_234_567)).toBe("1.2 MB");
  expect(format.duration(340.4)).toBe("340 ms");
  expect(format.duration(2_140)).toBe("2.1 sec");
  expect(format.percent(0.424)).toBe("42%");
  expect(formatFor("ar").number(1234)).toBe("1,234");
});

test("dollars have cents, and parts of a cent where they are less than one", () => {
  const format = formatFor("en");
  expect(format.dollars(0)).toBe("$0.00");
  expect(format.dollars(1234.5)).toBe("$1,234.50");
  expect(format.dollars(0.00312)).toBe("$0.0031");
  expect(formatFor("ar").dollars(1.2)).toMatch(/^\u20661\.20\s(US)?\$\u2069$/);
});

test("a day of the month is UTC's wherever the reader is", () => {
  const first = new Date("2026-12-01T00:00:00Z");
  expect(formatFor("en", "America/New_York").utcDay(first)).toBe("December 1");
  expect(formatFor("fr", "Pacific/Auckland").utcDay(first, "long")).toBe("1 décembre 2026");
});
