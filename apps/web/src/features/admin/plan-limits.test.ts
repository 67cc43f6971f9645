import { expect, test } from "vitest";
import { readLimit, unlimited } from "./plan-limits.ts";

test.each([
  ["", "maxBots", unlimited],
  ["  ", "maxBots", unlimited],
  ["0", "maxBots", 0],
  ["12", "maxBots", 12],
  ["1.5", "maxBots", null],
  ["1.5", "maxTotalDocumentStorageGB", 1.5],
  ["-1", "maxBots", null],
  ["1000000000", "maxBots", unlimited],
  ["1000000001", "maxBots", null],
  ["many", "maxBots", null],
] as const)("%j as %s is %j", (text, limit, value) => {
  expect(readLimit(text, limit)).toBe(value);
});
