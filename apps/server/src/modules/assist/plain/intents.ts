import type { Severity } from "../assist.schema.ts";

interface BuiltinIntent {
  /** What whoever takes it must know. */
  skills: readonly string[];
  /** How bad it is where nothing in the words says otherwise. */
  severity: Severity;
}

/** What customers of a help desk want, in the words of seed 004; a tenant's labels come beside them. */
export const builtinIntents = {
  bug_technical_defect: { skills: ["technical"], severity: "P2" },
  account_access_issue: { skills: ["authentication", "account"], severity: "P2" },
  how_to_guidance: { skills: ["product"], severity: "P3" },
  transaction_system_failure: { skills: ["payments", "technical"], severity: "P1" },
  billing_question: { skills: ["billing"], severity: "P3" },
  refund_or_cancellation: { skills: ["billing"], severity: "P2" },
  order_or_delivery: { skills: ["orders"], severity: "P2" },
  security_concern: { skills: ["security"], severity: "P1" },
  feature_request: { skills: ["product"], severity: "P3" },
  complaint: { skills: ["customer_care"], severity: "P2" },
} as const satisfies Record<string, BuiltinIntent>;

export type BuiltinIntentName = keyof typeof builtinIntents;

/** What is none of the intents that are known. */
export const generalIntent = "general_inquiry";

export function isBuiltinIntent(name: string): name is BuiltinIntentName {
  return Object.hasOwn(builtinIntents, name);
}

/** An intent of the tenant's own asks for the skill of its name. */
export function skillsOf(intent: string): string[] {
  if (isBuiltinIntent(intent)) return [...builtinIntents[intent].skills];
  return intent === generalIntent ? [] : [intent];
}

export function usualSeverity(intent: string): Severity {
  return isBuiltinIntent(intent) ? builtinIntents[intent].severity : "P3";
}
