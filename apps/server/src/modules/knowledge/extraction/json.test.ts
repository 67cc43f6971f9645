import { describe, expect, test } from "vitest";
import { parseJson } from "./json.ts";

const records = (source: string) => {
  const { text, blocks } = parseJson(source);
  return blocks.map(({ start, end }) => text.slice(start, end));
};

describe("records", () => {
  test.each([
    [
      "one per item",
      '[{"q":"When?","a":{"short":"Soon"}},{"q":"Where?"}]',
      ["q: When?\na.short: Soon", "q: Where?"],
    ],
    [
      "one per name that holds more",
      '{"name":"Shop","open":true,"faq":[{"q":1},{"q":2}],"address":{"city":"Oran"}}',
      ["name: Shop — open: true", "faq.q: 1", "faq.q: 2", "address.city: Oran"],
    ],
    ["plain lists on one line", '{"tags":["a","b"]}', ["tags: a, b"]],
    ["nested items are numbered", '[{"items":[{"n":1},{"n":2}]}]', ["items.1.n: 1 — items.2.n: 2"]],
    ["a plain value", "42", ["42"]],
    [
      "long numbers as written",
      '{"order":12345678901234567890,"huge":1e999}',
      ["order: 12345678901234567890 — huge: 1e999"],
    ],
    ["nothing", "{}", ["{}"]],
    ["an inherited name", '{"__proto__":{"admin":true}}', ["__proto__.admin: true"]],
    ["broken Unicode is repaired", '["a\\ud800b\\u0000c"]', ["a\ufffdbc"]],
  ])("%s", (_name, source, expected) => {
    expect(records(source)).toEqual(expected);
  });
});

describe("refusals", () => {
  test.each([
    ["a missing value", '{\n"a": 1,\n"b": }', "MALFORMED", /line 3|“}”/],
    ["a cut file", '{"a": [1, 2', "MALFORMED", /line 1|too early/],
    ["100,000 open arrays", "[".repeat(100_000), "TOO_COMPLEX", /200/],
    ["white space", "  \n", "EMPTY_FILE", /empty/],
  ])("%s", (_name, source, code, message) => {
    expect(() => parseJson(source)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

test("brackets inside strings do not count as depth", () => {
  expect(records(JSON.stringify({ a: `"\\${"[".repeat(1000)}` }))).toHaveLength(1);
});
