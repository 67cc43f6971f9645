import { expect, test } from "vitest";
import { findContradictions } from "./index.ts";

/** What contradicts the first text, which the answer rests on. */
function against(first: string, ...others: string[]) {
  const passages = [first, ...others].map((text, at) => ({
    number: at + 1,
    text,
    title: `Document ${at + 1}`,
  }));
  return findContradictions(passages, [{ number: 1, start: 0, end: first.length }]);
}

test.each([
  [
    "a number",
    "Refunds are paid within 14 days of the return.",
    "Refunds are paid within 30 days of the return.",
  ],
  [
    "in other words",
    "Within 14 days of the return we have refunds paid to customers.",
    "Customers have refunds paid within 30 days after the return.",
  ],
  [
    "words for digits",
    "Refunds are paid within fourteen days of the return.",
    "Refunds are paid within 30 days of the return.",
  ],
  [
    "a unit",
    "The standard guarantee lasts 12 months after purchase.",
    "The standard guarantee lasts 12 weeks after purchase.",
  ],
  ["a date", "The new shop in Lyon opens on 3 May 2026.", "The new shop in Lyon opens on 4 May 2026."],
  [
    "a denial",
    "Opened software can be returned to the shop.",
    "Opened software cannot be returned to the shop.",
  ],
  [
    "French",
    "Les remboursements sont versés sous 14 jours après le retour.",
    "Les remboursements sont versés sous 30 jours après le retour.",
  ],
  [
    "Arabic",
    "تدفع المبالغ المستردة خلال ١٤ يوما من تاريخ الإرجاع.",
    "تدفع المبالغ المستردة خلال ٣٠ يوما من تاريخ الإرجاع.",
  ],
])("found: %s", (_what, first, second) => {
  const [found, ...more] = against(first, second);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ first: { number: 1, start: 0 }, second: { number: 2, start: 0 } });
});

test.each([
  [
    "the same",
    "Refunds are paid within 14 days of the return.",
    "Refunds are paid within fourteen days of the return.",
  ],
  ["another name", "Refunds in France are paid within 14 days.", "Refunds in Spain are paid within 30 days."],
  [
    "another subject",
    "Refunds are paid within 14 days of the return.",
    "Parcels are delivered within 30 days of the order.",
  ],
  [
    "the same amount",
    "The trial of the service lasts 24 hours in all.",
    "The trial of the service lasts 1 day in all.",
  ],
  ["another measure", "The parcel service takes 3 days at most.", "The parcel service takes 20 kg at most."],
  [
    "several numbers",
    "The Basic plan holds 5 seats and 10 bots.",
    "The Basic plan holds 50 seats and 100 bots.",
  ],
  [
    "a question",
    "Refunds are paid within 14 days of the return.",
    "Are refunds paid within 30 days of the return?",
  ],
  [
    "versions",
    "This option only applies when HTTP/1 is in use.",
    "This option only applies when HTTP/1.1 is in use.",
  ],
  [
    "code",
    "Call `listen({ port: 80 })` to start the server now.",
    "Call `listen({ port: 443 })` to start the server now.",
  ],
])("not found: %s", (_what, first, second) => {
  expect(against(first, second)).toEqual([]);
});

test("only what the answer rests on counts, and a pair is named once", () => {
  const passages = [
    "Shops open at 9 every day.",
    "Refunds are paid within 14 days of the return.",
    "Refunds are paid within 30 days of the return.",
  ].map((text, at) => ({ number: at + 1, text }));
  expect(findContradictions(passages, [{ number: 1, start: 0, end: 26 }])).toEqual([]);
  const both = [
    { number: 2, start: 0, end: 46 },
    { number: 3, start: 0, end: 46 },
  ];
  expect(findContradictions(passages, both)).toHaveLength(1);
});
