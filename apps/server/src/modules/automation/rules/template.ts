import type { Facts, FactValue, Trigger } from "../automation.types.ts";
import { templateNamesOf } from "./triggers.ts";

const name = /\{\{\s*([^{}]*?)\s*\}\}/g;
/** Characters of one value that go into a text. */
const valueLength = 300;

/** The names in a text that the trigger does not know. */
export function unknownNames(template: string, trigger: Trigger): string[] {
  const known = templateNamesOf(trigger);
  return [...template.matchAll(name)].flatMap(([, used = ""]) => (known.has(used) ? [] : [used]));
}

/**
 * The text with its names filled in. What customers wrote comes in as one line of plain text: it can neither begin a
 * paragraph of its own, nor turn the direction of what follows, nor name another field. Whoever shows it as markup
 * escapes it as any message.
 */
export function fillTemplate(template: string, trigger: Trigger, facts: Facts): string {
  const known = templateNamesOf(trigger);
  return template.replaceAll(name, (_, used: string) => asPlainText(facts[known.get(used) ?? ""] ?? null));
}

function asPlainText(value: FactValue): string {
  const text = value === null ? "" : typeof value === "object" ? value.join(", ") : String(value);
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, "")
    .slice(0, valueLength)
    .trim();
}
