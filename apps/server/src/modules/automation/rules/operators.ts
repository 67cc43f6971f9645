import type { FactValue } from "../automation.types.ts";
import type { Operator } from "./rule.schema.ts";
import type { FieldKind } from "./triggers.ts";

interface Definition {
  /** Fields of which it can be asked. */
  of: readonly FieldKind[];
  /** What it is asked with. */
  needs: "one" | "several" | "nothing";
  /** `seen` is what the field holds. */
  holds(seen: FactValue, value: FactValue): boolean;
}

const words = ["text", "choice", "id"] as const;
const every = [...words, "list", "number", "yes_no"] as const;

/** Words are compared as people read them: whatever their case, and however their accents are coded. */
const folded = (value: FactValue) =>
  typeof value === "string" ? value.normalize("NFC").toLowerCase() : value;
const isSame = (a: FactValue, b: FactValue) => folded(a) === folded(b);
const isEmpty = (seen: FactValue) =>
  seen === null || seen === "" || (Array.isArray(seen) && seen.length === 0);
const listOf = (value: FactValue): readonly string[] =>
  value === null ? [] : typeof value === "object" ? value : [String(value)];
const isIn = (seen: FactValue, value: FactValue) => listOf(value).some((one) => isSame(seen, one));
const contains = (seen: FactValue, value: FactValue) => {
  if (seen !== null && typeof seen === "object") return seen.some((one) => isSame(one, value));
  return typeof seen === "string" && String(folded(seen)).includes(String(folded(value)));
};

/** What each operator means. Of an empty field only the negations and `is_empty` hold. */
export const operatorTable: Record<Operator, Definition> = {
  equals: { of: [...words, "number", "yes_no"], needs: "one", holds: isSame },
  not_equals: {
    of: [...words, "number", "yes_no"],
    needs: "one",
    holds: (seen, value) => !isSame(seen, value),
  },
  in: { of: words, needs: "several", holds: isIn },
  not_in: { of: words, needs: "several", holds: (seen, value) => !isIn(seen, value) },
  contains: { of: ["text", "list"], needs: "one", holds: contains },
  not_contains: { of: ["text", "list"], needs: "one", holds: (seen, value) => !contains(seen, value) },
  starts_with: {
    of: ["text"],
    needs: "one",
    holds: (seen, value) =>
      typeof seen === "string" && String(folded(seen)).startsWith(String(folded(value))),
  },
  greater_than: {
    of: ["number"],
    needs: "one",
    holds: (seen, value) => typeof seen === "number" && typeof value === "number" && seen > value,
  },
  less_than: {
    of: ["number"],
    needs: "one",
    holds: (seen, value) => typeof seen === "number" && typeof value === "number" && seen < value,
  },
  is_empty: { of: every, needs: "nothing", holds: isEmpty },
  is_not_empty: { of: every, needs: "nothing", holds: (seen) => !isEmpty(seen) },
};

/** The operators that fit a kind of field. */
export function operatorsOf(kind: FieldKind): Operator[] {
  return operatorNames.filter((operator) => operatorTable[operator].of.includes(kind));
}

const isOperator = (name: string): name is Operator => Object.hasOwn(operatorTable, name);
const operatorNames = Object.keys(operatorTable).filter(isOperator);
