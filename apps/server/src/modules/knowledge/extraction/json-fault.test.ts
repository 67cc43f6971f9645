import fc from "fast-check";
import { expect, test } from "vitest";
import { findJsonFault } from "./json-fault.ts";

test.each([
  ['{\n"a": 1,\n"b": }', 3, 6, /value is expected/],
  ['{"a": [1, 2', 1, 12, /too early/],
  ['{"a" 1}', 1, 6, /“:” is expected/],
  ["[1 2]", 1, 4, /“,” or “]”/],
  ['{"a":1 "b":2}', 1, 8, /“,” or “}”/],
  ["[1,]", 1, 4, /value is expected/],
  ["{'a':1}", 1, 2, /name in quotation marks/],
  ['["open]', 1, 2, /never closed/],
  ['["a\nb"]', 1, 4, /line break/],
  ['["\\x"]', 1, 3, /backslash/],
  ["[1]\n\n[2]", 3, 1, /after the end/],
  ["[01]", 1, 3, /“,” or “]”/],
  ["[truex]", 1, 2, /value is expected/],
  ["😀", 1, 1, /“😀”/],
])("%j: line %i, column %i", (json, line, column, problem) => {
  expect(findJsonFault(json)).toMatchObject({ line, column, problem: expect.stringMatching(problem) });
});

test("depth costs no stack", () => {
  expect(findJsonFault(`${"[".repeat(500_000)}x`)).toMatchObject({ column: 500_001 });
});

test("agrees with the language's own parser on whatever is damaged", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom("", "}", ",", '"', "\\", "x"), (json, seed, put) => {
      const at = seed % (json.length + 1);
      const damaged = json.slice(0, at) + put + json.slice(at + 1);
      try {
        JSON.parse(damaged);
      } catch (error) {
        const named = /at position (\d+)/.exec(String(error))?.[1];
        const { problem, column } = findJsonFault(damaged);
        expect(problem).not.toBe("it cannot be understood");
        if (named && /never closed|backslash|line break/.test(problem) === false) {
          expect(Math.abs(column - 1 - Number(named))).toBeLessThanOrEqual(8);
        }
      }
    }),
  );
});
