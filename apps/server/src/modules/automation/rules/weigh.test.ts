import { describe, expect, test } from "vitest";
import type { FactValue } from "../automation.types.ts";
import { operatorsOf } from "./operators.ts";
import type { Operator } from "./rule.schema.ts";
import { weigh } from "./weigh.ts";

/** What is seen, what is asked with what, and whether that holds: every operator of every kind of field. */
const cases: [kind: string, seen: FactValue, operator: Operator, value: FactValue, held: boolean][] = [
  ["text", "Refund, please", "equals", "refund, PLEASE", true],
  ["text", "Refund", "equals", "Refunds", false],
  ["text", "Caf\u00e9", "equals", "CAFE\u0301", true],
  ["text", null, "equals", "Refund", false],
  ["text", "Refund", "not_equals", "refund", false],
  ["text", null, "not_equals", "Refund", true],
  ["text", "billing", "in", ["Billing", "shipping"], true],
  ["text", "login", "in", ["Billing"], false],
  ["text", null, "in", ["Billing"], false],
  ["text", null, "not_in", ["Billing"], true],
  ["text", "billing", "not_in", ["Billing"], false],
  ["text", "I want a REFUND", "contains", "refund", true],
  ["text", "I want tea", "contains", "refund", false],
  ["text", null, "contains", "refund", false],
  ["text", null, "not_contains", "refund", true],
  ["text", "refund", "not_contains", "refund", false],
  ["text", "Order 12", "starts_with", "order", true],
  ["text", "My order", "starts_with", "order", false],
  ["text", null, "starts_with", "order", false],
  ["text", "", "is_empty", null, true],
  ["text", null, "is_empty", null, true],
  ["text", "x", "is_empty", null, false],
  ["text", "x", "is_not_empty", null, true],
  ["choice", "P0", "equals", "P0", true],
  ["choice", null, "not_in", ["P0", "P1"], true],
  ["id", "a", "in", ["a", "b"], true],
  ["list", ["VIP", "fr"], "contains", "vip", true],
  ["list", ["VIP"], "contains", "vi", false],
  ["list", [], "not_contains", "vip", true],
  ["list", [], "is_empty", null, true],
  ["list", ["x"], "is_not_empty", null, true],
  ["number", 5, "equals", 5, true],
  ["number", 5, "not_equals", 5, false],
  ["number", 5, "greater_than", 4, true],
  ["number", 5, "greater_than", 5, false],
  ["number", 5, "less_than", 5, false],
  ["number", 4, "less_than", 5, true],
  ["number", null, "less_than", 5, false],
  ["number", 0, "is_empty", null, false],
  ["number", null, "is_empty", null, true],
  ["number", 0, "is_not_empty", null, true],
  ["yes_no", false, "equals", false, true],
  ["yes_no", true, "not_equals", true, false],
  ["yes_no", null, "equals", false, false],
  ["yes_no", false, "is_empty", null, false],
  ["yes_no", false, "is_not_empty", null, true],
];

test.each(cases)("%s: %j %s %j is %s", (_kind, seen, operator, value, held) => {
  const { holds, conditions } = weigh([{ field: "f", operator, value }], { f: seen });
  expect({ holds, conditions }).toEqual({
    holds: held,
    conditions: [{ field: "f", operator, value, seen, held }],
  });
});

describe.each(["text", "choice", "list", "number", "yes_no", "id"] as const)("%s", (kind) => {
  test("has each of its operators in the table above, or under the kind that it is compared as", () => {
    const alike = kind === "choice" || kind === "id" ? ["text", kind] : [kind];
    const tried = new Set(cases.filter((row) => alike.includes(row[0])).map((row) => row[2]));
    expect(operatorsOf(kind).filter((operator) => !tried.has(operator))).toEqual([]);
  });
});

test("all conditions must hold, and of a group one", () => {
  const a = { field: "a", operator: "equals", value: 1 } as const;
  const b = { field: "b", operator: "equals", value: 1 } as const;
  const weighed = (facts: Record<string, FactValue>) => weigh([a, { any: [a, b] }], facts).holds;
  expect([weighed({ a: 1 }), weighed({ a: 1, b: 1 }), weighed({ b: 1 }), weighed({})]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(weigh([], {}).holds).toBe(true);
});

test("an explanation keeps the beginning of a long text", () => {
  const { conditions } = weigh([{ field: "f", operator: "contains", value: "end" }], {
    f: `${"x".repeat(5_000)}end`,
  });
  expect(conditions).toEqual([expect.objectContaining({ held: true, seen: "x".repeat(200) })]);
});
