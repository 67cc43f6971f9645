import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addBusiness, type BusinessHours, businessBetween, type Opening, weekdays } from "./business-time.ts";

const hour = 3_600_000;
const at = (text: string) => new Date(text);

function week(openings: Opening[], days: readonly string[] = weekdays): BusinessHours["hours"] {
  const of = (day: string) => (days.includes(day) ? openings : []);
  return {
    monday: of("monday"),
    tuesday: of("tuesday"),
    wednesday: of("wednesday"),
    thursday: of("thursday"),
    friday: of("friday"),
    saturday: of("saturday"),
    sunday: of("sunday"),
  };
}
const office = week([{ from: "09:00", to: "17:00" }], weekdays.slice(0, 5));
const always = week([{ from: "00:00", to: "24:00" }]);
const nights = week([{ from: "01:00", to: "04:00" }]);
const inZone = (timezone: string, hours = office, ...holidays: string[]): BusinessHours => ({
  timezone,
  hours,
  holidays: holidays.map((date) => ({ date })),
});

describe("so many hours of business later", () => {
  test.each<[string, BusinessHours | null, string, number, string]>([
    ["around the clock", null, "2026-03-28T12:00:00Z", 48, "2026-03-30T12:00:00.000Z"],
    [
      "in Paris over the spring change",
      inZone("Europe/Paris"),
      "2026-03-27T15:00:00Z",
      2,
      "2026-03-30T08:00:00.000Z",
    ],
    [
      "in Paris over the autumn change",
      inZone("Europe/Paris"),
      "2026-10-23T14:00:00Z",
      2,
      "2026-10-26T09:00:00.000Z",
    ],
    [
      "in New York over the spring change",
      inZone("America/New_York"),
      "2026-03-06T21:00:00Z",
      2,
      "2026-03-09T14:00:00.000Z",
    ],
    [
      "in New York over the autumn change",
      inZone("America/New_York"),
      "2026-10-30T20:00:00Z",
      2,
      "2026-11-02T15:00:00.000Z",
    ],
    [
      "in Kolkata, half an hour beside",
      inZone("Asia/Kolkata"),
      "2026-03-27T11:00:00Z",
      1,
      "2026-03-30T04:00:00.000Z",
    ],
    [
      "over a holiday",
      inZone("Europe/Paris", office, "2026-12-25"),
      "2026-12-24T15:00:00Z",
      2,
      "2026-12-28T09:00:00.000Z",
    ],
    [
      "from before the doors open",
      inZone("Europe/Paris"),
      "2026-06-01T03:00:00Z",
      1,
      "2026-06-01T08:00:00.000Z",
    ],
    ["until the doors close", inZone("Europe/Paris"), "2026-06-01T03:00:00Z", 8, "2026-06-01T15:00:00.000Z"],
    [
      "a skipped hour later",
      inZone("Europe/Paris", nights),
      "2026-03-28T23:00:00Z",
      1.5,
      "2026-03-29T01:30:00.000Z",
    ],
    [
      "an hour that came twice later",
      inZone("Europe/Paris", nights),
      "2026-10-24T22:00:00Z",
      3,
      "2026-10-25T02:00:00.000Z",
    ],
    ["with none to pass", inZone("Europe/Paris"), "2026-06-06T12:00:00Z", 0, "2026-06-06T12:00:00.000Z"],
  ])("%s", (_title, hours, from, later, expected) => {
    expect(addBusiness(hours, at(from), later * hour)?.toISOString()).toBe(expected);
  });

  test("is never where it takes more than ten years", () => {
    expect(addBusiness(inZone("UTC", week([])), at("2026-01-01"), 1)).toBeNull();
    expect(addBusiness(null, at("2026-01-01"), 20 * 366 * 24 * hour)).toBeNull();
  });
});

describe("hours of business", () => {
  test.each<[string, BusinessHours | null, string, string, number]>([
    ["around the clock", null, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", 48],
    [
      "on the short day of Paris",
      inZone("Europe/Paris", always),
      "2026-03-28T23:00:00Z",
      "2026-03-29T22:00:00Z",
      23,
    ],
    [
      "on the long day of Paris",
      inZone("Europe/Paris", always),
      "2026-10-24T22:00:00Z",
      "2026-10-25T23:00:00Z",
      25,
    ],
    [
      "in the short night of Paris",
      inZone("Europe/Paris", nights),
      "2026-03-28T23:00:00Z",
      "2026-03-29T22:00:00Z",
      2,
    ],
    [
      "in the long night of Paris",
      inZone("Europe/Paris", nights),
      "2026-10-24T22:00:00Z",
      "2026-10-25T23:00:00Z",
      4,
    ],
    [
      "in the short night of New York",
      inZone("America/New_York", nights),
      "2026-03-08T05:00:00Z",
      "2026-03-09T04:00:00Z",
      2,
    ],
    [
      "in the long night of New York",
      inZone("America/New_York", nights),
      "2026-11-01T04:00:00Z",
      "2026-11-02T05:00:00Z",
      4,
    ],
    ["in a week of Kolkata", inZone("Asia/Kolkata"), "2026-03-23T00:00:00Z", "2026-03-30T00:00:00Z", 40],
    [
      "in a week with two holidays",
      inZone("Europe/Paris", office, "2026-05-01", "2026-04-29"),
      "2026-04-27T00:00:00Z",
      "2026-05-04T00:00:00Z",
      24,
    ],
    [
      "on a day with a break",
      inZone(
        "UTC",
        week([
          { from: "08:00", to: "12:00" },
          { from: "13:30", to: "17:00" },
        ]),
      ),
      "2026-06-01T10:00:00Z",
      "2026-06-01T14:00:00Z",
      2.5,
    ],
    ["backwards", inZone("UTC"), "2026-06-02T12:00:00Z", "2026-06-01T12:00:00Z", 0],
    ["in no time", inZone("UTC"), "2026-06-02T12:00:00Z", "2026-06-02T12:00:00Z", 0],
  ])("%s", (_title, hours, from, to, expected) => {
    expect(businessBetween(hours, at(from), at(to)) / hour).toBe(expected);
  });
});

const zones = [
  "Europe/Paris",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "UTC",
];
const anyHours = fc.oneof(
  fc.constant(null),
  fc
    .tuple(fc.constantFrom(...zones), fc.constantFrom(office, always, nights), fc.boolean())
    .map(([zone, hours, holiday]) => inZone(zone, hours, ...(holiday ? ["2026-03-30", "2026-11-02"] : []))),
);
const anyMoment = fc.date({ min: at("2026-01-01"), max: at("2027-01-01"), noInvalidDate: true });

test("what is added has passed, and stretches add up", () => {
  fc.assert(
    fc.property(anyHours, anyMoment, fc.nat(200 * hour), fc.nat(200 * hour), (hours, from, first, second) => {
      const middle = addBusiness(hours, from, first);
      const end = addBusiness(hours, from, first + second);
      if (!middle || !end) throw new Error("Somebody works each week.");
      expect(businessBetween(hours, from, middle)).toBe(first);
      expect(businessBetween(hours, from, middle) + businessBetween(hours, middle, end)).toBe(first + second);
    }),
    { numRuns: 150 },
  );
});
