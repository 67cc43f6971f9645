import { expect, test } from "vitest";
import { parseAmount } from "./amount.ts";

test.each([
  ["10", 10],
  ["0", 0],
  [" 9.99 ", 9.99],
  ["9,99", 9.99],
  ["100", 100],
  ["100.01", null],
  ["9.999", null],
  ["-1", null],
  ["", null],
  ["1e2", null],
  ["ten", null],
])("%j is %j", (text, amount) => {
  expect(parseAmount(text, 100, 2)).toBe(amount);
});
