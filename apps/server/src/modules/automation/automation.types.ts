import type { Operator } from "./rules/rule.schema.ts";

/** What rules may wait for; `rules/triggers.ts` says what each tells. */
export const triggerNames = [
  "conversation.opened",
  "message.added",
  "message.classified",
  "conversation.moved",
  "conversation.assigned",
  "conversation.updated",
  "sla.warning",
  "sla.breached",
  "human.requested",
] as const;
export type Trigger = (typeof triggerNames)[number];

/** What a field may hold. */
export type FactValue = string | number | boolean | string[] | null;
/** The fields of one happening, by name. What is not there is empty. */
export type Facts = Readonly<Record<string, FactValue>>;

/**
 * `done`: every action was done; `failed`: at least one was not. The others held back: the event came from this rule's
 * own acts, from too long a chain of rules, or the rule acted too often in this conversation.
 */
export const firingOutcomes = ["done", "failed", "own_consequence", "too_deep", "too_often"] as const;
export type FiringOutcome = (typeof firingOutcomes)[number];

/** A condition with the value that was seen. */
export interface WeighedTest {
  field: string;
  operator: Operator;
  value: FactValue;
  seen: FactValue;
  held: boolean;
}
/** `any` holds where one of its tests does. */
export type WeighedCondition = WeighedTest | { any: WeighedTest[]; held: boolean };

export interface PerformedAction {
  type: string;
  done: boolean;
  /** What was done, or why it was not. */
  said: string;
}
