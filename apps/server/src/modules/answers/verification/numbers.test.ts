import { expect, test } from "vitest";
import { agree } from "./dates.ts";
import { findQuantities, isSameNumber } from "./numbers.ts";

const numbersOf = (text: string): string =>
  findQuantities(text)
    .numbers.map(({ value, unit }) => [value, unit?.name].filter(Boolean).join(" "))
    .join(", ");

test.each([
  ["1,000.50", "1000.5"],
  ["12 500 km", "12500 km"],
  ["12\u202f500", "12500"],
  ["3,14", "3.14"],
  ["٣٠٪ من ١٬٥٠٠", "30 %, 1500"],
  ["5 million users", "5000000"],
  ["$5.5 billion", "5500000000 $"],
  ["30 pour cent", "30 %"],
  ["you may", ""],
  ["10:30 and 10h30, 9:00", "10:30, 10:30, 9"],
  ["the 19th century", "19 centuries"],
  ["twenty-one days", "21 days"],
  ["two hundred and fifty thousand", "250000"],
  ["one hundred people, a thousand trees", "100, 1000"],
  ["the third floor", "3"],
  ["quatre-vingt-dix-sept jours", "97 days"],
  ["soixante-quinze, vingt et un", "75, 21"],
  ["deux mille euros", "2000 €"],
  ["خمسة وعشرون يوما", "25 days"],
  ["ثلاثمائة كيلومتر", "300 km"],
  ["1914-1918", "1914, 1918"],
  ["v2.3 ISO-9001", ""],
  ["order 12345678901234567890", "12345678901234567890"],
  ["800 square miles", "800 miles"],
])("%s -> %s", (text, expected) => {
  expect(numbersOf(text)).toBe(expected);
});

test.each([
  ["24 hours", "1 day", true],
  ["1 km", "1000 metres", true],
  ["14 days", "14 weeks", false],
  ["5 dollars", "5 euros", false],
  ["14", "14 days", true],
  ["10 %", "10 points", false],
])("%s and %s: the same is %s", (one, other, expected) => {
  const [first, second] = [one, other].map((text) => findQuantities(text).numbers[0]);
  expect(first && second && isSameNumber(first, second)).toBe(expected);
});

test.each([
  ["7 January 2025", "January 7th, 2025", true],
  ["7 January 2025", "2025-01-07", true],
  ["le 1er mai 2021", "01/05/2021", true],
  ["٧ يناير ٢٠٢٥", "07.01.2025", true],
  ["7 January", "January 2025", true],
  ["7 January 2025", "7 February 2025", false],
  ["7 January 2025", "8 January 2025", false],
  ["May 2021", "June 2021", false],
])("%s and %s: agree is %s", (one, other, expected) => {
  const [first, second] = [one, other].map((text) => findQuantities(text).dates[0]);
  expect(first && second && agree(first, second)).toBe(expected);
});
