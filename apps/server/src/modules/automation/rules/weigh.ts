import type { Facts, FactValue, WeighedCondition, WeighedTest } from "../automation.types.ts";
import { operatorTable } from "./operators.ts";
import type { Condition, Test } from "./rule.schema.ts";

/** Characters of a text that an explanation keeps. */
const shownLength = 200;

/** Whether all conditions hold, and what each saw: a rule without conditions always acts. */
export function weigh(
  conditions: readonly Condition[],
  facts: Facts,
): { holds: boolean; conditions: WeighedCondition[] } {
  const weighed = conditions.map((condition) => weighCondition(condition, facts));
  return { holds: weighed.every(({ held }) => held), conditions: weighed };
}

function weighCondition(condition: Condition, facts: Facts): WeighedCondition {
  if (!("any" in condition)) return weighTest(condition, facts);
  const any = condition.any.map((test) => weighTest(test, facts));
  return { any, held: any.some(({ held }) => held) };
}

function weighTest({ field, operator, value }: Test, facts: Facts): WeighedTest {
  const seen = facts[field] ?? null;
  return { field, operator, value, seen: shown(seen), held: operatorTable[operator].holds(seen, value) };
}

function shown(seen: FactValue): FactValue {
  if (typeof seen === "string") return seen.slice(0, shownLength);
  return Array.isArray(seen) ? seen.slice(0, 50) : seen;
}
