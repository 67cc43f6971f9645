import { expect, test } from "vitest";
import { findNumbers } from "./numbers.ts";

test.each([
  ["1,000.50", "1000.5"],
  ["12 500 km", "12500"],
  ["12\u202f500", "12500"],
  ["3,14", "3.14"],
  ["٣٠٪ من ١٬٥٠٠", "30% 1500"],
  ["5 million users", "5000000"],
  ["$5.5 billion", "5500000000$"],
  ["30 pour cent", "30%"],
  ["2021-05-03", "2021 month 5 3"],
  ["3 May 2021", "3 2021 month 5"],
  ["le 3 mai 2021", "3 2021 month 5"],
  ["you may", ""],
  ["10:30 and 10h30, 9:00", "10:30 10:30 9"],
  ["the 19th century", "19"],
  ["twenty-one days", "21"],
  ["1914-1918", "1914 1918"],
  ["v2.3 ISO-9001", ""],
  ["order 12345678901234567890", "12345678901234567890"],
])("%s -> %s", (text, expected) => {
  expect(
    findNumbers(text)
      .map(({ value, unit = "" }) => value + unit)
      .join(" "),
  ).toBe(expected);
});
