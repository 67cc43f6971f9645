import { z } from "zod";
import { severities } from "../../conversations/index.ts";
import { triggerNames } from "../automation.types.ts";

/** No patterns: one that takes for ever on some text would stop everybody's rules. */
export const operators = [
  "equals",
  "not_equals",
  "in",
  "not_in",
  "contains",
  "not_contains",
  "starts_with",
  "greater_than",
  "less_than",
  "is_empty",
  "is_not_empty",
] as const;
export type Operator = (typeof operators)[number];

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

/** One question about a field; `check-rule.ts` says whether it fits the field. */
export const testSchema = z.strictObject({
  field: z.string().min(1).max(60),
  operator: z.enum(operators),
  /** One value; a list of them for `in` and `not_in`; none for `is_empty` and `is_not_empty`. */
  value: z.union([scalar, z.array(z.string().max(500)).max(50), z.null()]).default(null),
});
export type Test = z.output<typeof testSchema>;

/** All conditions of a rule must hold; an `any` holds where one of its tests does. */
export const conditionSchema = z.union(
  [testSchema, z.strictObject({ any: z.array(testSchema).min(1).max(10) })],
  {
    error: `A condition is {field, operator, value}, or {any: [such conditions]}. Operators are ${operators.join(", ")}.`,
  },
);
export type Condition = z.output<typeof conditionSchema>;

/** A text with names in double braces: `{{conversation.subject}}`. */
const template = z.string().trim().min(1).max(2_000);
const tags = z.array(z.string().trim().min(1).max(40)).min(1).max(20);
const action = <Type extends string, Params extends z.ZodRawShape>(type: Type, params: Params) =>
  z.strictObject({ type: z.literal(type), params: z.strictObject(params) });

/** What a rule may do; `service/perform.ts` does it. */
export const actionSchema = z.discriminatedUnion("type", [
  action("set_severity", { severity: z.enum(severities) }),
  action("add_tags", { tags }),
  action("remove_tags", { tags }),
  action("assign_agent", { agentId: z.uuid() }),
  action("assign_team", { teamId: z.uuid() }),
  action("set_status", { status: z.enum(["ai_handling", "awaiting_agent", "resolved", "closed"]) }),
  action("escalate", { reason: template, confirmation: template.optional() }),
  action("add_note", { text: template }),
  action("send_message", { text: template }),
  action("create_resolution", {
    issueType: z.string().trim().min(1).max(60),
    owningTeam: z.string().trim().min(1).max(60),
  }),
  action("snooze", { minutes: z.int().min(1).max(43_200) }),
  action("notify_agents", { message: template }),
  action("notify_slack", { channel: z.string().trim().min(1).max(80), message: template }),
]);
export type Action = z.output<typeof actionSchema>;
export type ActionType = Action["type"];

/** Counts that a rule may have, against mistakes. */
export const mostConditions = 20;
export const mostActions = 10;

/** What a rule says: every change of it is a new version. */
export const ruleTextSchema = z.object({
  name: z.string().trim().min(1).max(100),
  triggerEvent: z.enum(triggerNames),
  conditions: z.array(conditionSchema).max(mostConditions).default([]),
  actions: z.array(actionSchema).min(1).max(mostActions),
  priority: z.int().min(-1_000).max(1_000).default(0),
});
export type RuleText = z.output<typeof ruleTextSchema>;
