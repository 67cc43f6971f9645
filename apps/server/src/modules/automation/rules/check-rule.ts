import { AppError } from "../../../platform/errors/index.ts";
import type { Trigger } from "../automation.types.ts";
import { operatorsOf, operatorTable } from "./operators.ts";
import type { Action, Condition, RuleText, Test } from "./rule.schema.ts";
import { unknownNames } from "./template.ts";
import { type Field, fieldsOf, templateNamesOf } from "./triggers.ts";

/** What is wrong with a rule, and where in it. */
export interface Fault {
  /** Where: `conditions.0.value`. */
  path: string;
  message: string;
}

/** What a rule says that its trigger cannot answer. */
export function faultsIn(rule: Pick<RuleText, "triggerEvent" | "conditions" | "actions">): Fault[] {
  return [
    ...rule.conditions.flatMap((condition, index) =>
      faultsOfCondition(condition, `conditions.${index}`, rule.triggerEvent),
    ),
    ...rule.actions.flatMap((action, index) => faultsOfAction(action, `actions.${index}`, rule.triggerEvent)),
  ];
}

/** Throws VALIDATION_ERROR, which names each place. */
export function assertNoFaults(faults: Fault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ path, message }) => `${path}: ${message}`);
  throw new AppError("VALIDATION_ERROR", lines.join("\n"), { details: { fields: faults } });
}

function faultsOfCondition(condition: Condition, path: string, trigger: Trigger): Fault[] {
  if (!("any" in condition)) return faultsOfTest(condition, path, trigger);
  return condition.any.flatMap((test, index) => faultsOfTest(test, `${path}.any.${index}`, trigger));
}

function faultsOfTest({ field: name, operator, value }: Test, path: string, trigger: Trigger): Fault[] {
  const fields = fieldsOf(trigger);
  const field = fields.get(name);
  if (!field) {
    const known = [...fields.keys()].join(", ");
    return [{ path: `${path}.field`, message: `${trigger} has no field ${name}. It has ${known}.` }];
  }
  const { of, needs } = operatorTable[operator];
  if (!of.includes(field.kind)) {
    const fitting = operatorsOf(field.kind).join(", ");
    return [
      { path: `${path}.operator`, message: `${name} cannot be asked ${operator}. It takes ${fitting}.` },
    ];
  }
  const message = faultOfValue(field, needs, value);
  return message ? [{ path: `${path}.value`, message: `${operator} of ${name} ${message}` }] : [];
}

/** What is wrong with a value, as the end of a sentence; null for nothing. */
function faultOfValue(
  field: Field,
  needs: "one" | "several" | "nothing",
  value: Test["value"],
): string | null {
  if (needs === "nothing") return value === null ? null : "takes no value.";
  if (needs === "several") {
    if (!Array.isArray(value) || value.length === 0) return "takes a list of values.";
    return value.map((one) => faultOfOne(field, one)).find((message) => message !== null) ?? null;
  }
  return faultOfOne(field, value);
}

function faultOfOne({ kind, options }: Field, value: Test["value"]): string | null {
  if (value === null || typeof value === "object") return "takes one value.";
  if (kind === "number") return typeof value === "number" ? null : "takes a number.";
  if (kind === "yes_no") return typeof value === "boolean" ? null : "takes true or false.";
  if (typeof value !== "string" || value.trim() === "") return "takes a text that is not empty.";
  return options && !options.includes(value) ? `takes one of ${options.join(", ")}.` : null;
}

function faultsOfAction({ params }: Action, path: string, trigger: Trigger): Fault[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const unknown = typeof value === "string" ? unknownNames(value, trigger) : [];
    if (unknown.length === 0) return [];
    const known = [...templateNamesOf(trigger).keys()].join(", ");
    const message = `${unknown.map((one) => `{{${one}}}`).join(", ")} names nothing. It may name ${known}.`;
    return [{ path: `${path}.params.${name}`, message }];
  });
}
