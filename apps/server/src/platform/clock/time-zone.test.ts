import { describe, expect, test } from "vitest";
import { addDays, countDays, timeZone } from "./index.ts";

function zone(name: string) {
  const found = timeZone(name);
  if (!found) throw new Error(`There is no zone ${name}.`);
  return found;
}

const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;

test.each(["", "Mars/Olympus", "+02:00", "UTC+2", "Europe/Paris; drop table", "12"])(
  "%j is no zone",
  (name) => {
    expect(timeZone(name)).toBeNull();
  },
);

test("names that only browsers still know are zones", () => {
  expect(zone("Asia/Calcutta").dateAt(new Date("2026-01-01T18:30:00Z"))).toBe("2026-01-02");
});

describe("the first moment of a day", () => {
  test.each([
    ["UTC", "2026-03-29", "2026-03-29T00:00:00.000Z"],
    ["Asia/Kathmandu", "2026-03-29", "2026-03-28T18:15:00.000Z"],
    ["Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2026-01-01", "2026-01-01T11:00:00.000Z"],
    // the clock is put forward at midnight: the day begins at one
    ["Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00.000Z"],
    // the clock goes back from one to midnight, so midnight comes twice: the first counts
    ["America/Havana", "2025-11-02", "2025-11-02T04:00:00.000Z"],
  ])("in %s of %s is %s", (name, date, moment) => {
    const start = zone(name).startOf(date);
    expect(start.toISOString()).toBe(moment);
    expect(zone(name).dateAt(start)).toBe(date);
    expect(zone(name).dateAt(new Date(start.getTime() - 1))).toBe(addDays(date, -1));
  });

  test("is 23 or 25 hours before the next one where the clock is changed", () => {
    const paris = zone("Europe/Paris");
    expect(hours(paris.startOf("2026-03-29"), paris.startOf("2026-03-30"))).toBe(23);
    expect(hours(paris.startOf("2026-10-25"), paris.startOf("2026-10-26"))).toBe(25);
    const lordHowe = zone("Australia/Lord_Howe");
    expect(hours(lordHowe.startOf("2026-04-05"), lordHowe.startOf("2026-04-06"))).toBe(24.5);
  });
});

test("offsets change at the minute at which the clock is changed", () => {
  const found = zone("Europe/Paris").offsetsBetween(new Date("2026-03-01T12:34:56Z"), new Date("2026-12-01"));
  expect(found.map(({ from, offset }) => [new Date(from).toISOString(), offset / 3_600_000])).toEqual([
    ["2026-03-01T12:34:56.000Z", 1],
    ["2026-03-29T01:00:00.000Z", 2],
    ["2026-10-25T01:00:00.000Z", 1],
  ]);
});

test("days are counted over the ends of months and leap years", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(countDays("2028-01-01", "2028-12-31")).toBe(366);
  expect(countDays("2026-03-29", "2026-03-29")).toBe(1);
});
