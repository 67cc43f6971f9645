import type { Outputs } from "../../../lib/trpc.ts";

export type Rule = Outputs["automation"]["get"];
export type RuleFields = Outputs["automation"]["fields"];
export type Trigger = RuleFields["triggers"][number];
export type Field = Trigger["fields"][number];
type Condition = Rule["conditions"][number];
type Test = Exclude<Condition, { any: unknown }>;
type Group = Extract<Condition, { any: unknown }>;
type Action = Rule["actions"][number];
export type ActionType = Action["type"];

/** A condition as it is typed: every value is a text until it is saved. */
export type ConditionDraft =
  | { key: number; field: string; operator: Test["operator"]; text: string }
  | { key: number; group: Group };
export interface ActionDraft {
  key: number;
  type: ActionType;
  params: Record<string, string>;
}

/** The parameters of each action, in the order in which they are asked. */
export const paramsOf = {
  add_tags: ["tags"],
  remove_tags: ["tags"],
  set_severity: ["severity"],
  set_status: ["status"],
  assign_team: ["teamId"],
  assign_agent: ["agentId"],
  escalate: ["reason"],
  add_note: ["text"],
  send_message: ["text"],
  notify_agents: ["message"],
  create_resolution: ["issueType", "owningTeam"],
  snooze: ["minutes"],
  notify_slack: ["channel", "message"],
} as const satisfies Record<ActionType, readonly string[]>;
export type Param = (typeof paramsOf)[ActionType][number];

export const severities = ["P0", "P1", "P2", "P3"] as const;
export const statuses = ["ai_handling", "awaiting_agent", "resolved", "closed"] as const;

let lastKey = 0;
export const newKey = () => ++lastKey;

export function draftOfCondition(condition: Condition): ConditionDraft {
  if ("any" in condition) return { key: newKey(), group: condition };
  const { field, operator, value } = condition;
  return { key: newKey(), field, operator, text: textOf(value) };
}

export function draftOfAction({ type, params }: Action): ActionDraft {
  const texts = Object.entries(params).map(([name, value]) => [name, textOf(value)]);
  return { key: newKey(), type, params: Object.fromEntries(texts) };
}

const textOf = (value: string | number | boolean | readonly string[] | null | undefined) =>
  Array.isArray(value) ? value.join(", ") : String(value ?? "");

const listOf = (text: string) =>
  text
    .split(/[,،]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

export const takesNothing = (operator: string) => operator === "is_empty" || operator === "is_not_empty";
export const takesSeveral = (operator: string) => operator === "in" || operator === "not_in";

/** The condition that was typed; the server says what is wrong with it. */
export function toCondition(draft: ConditionDraft, fields: readonly Field[]): Condition {
  if ("group" in draft) return draft.group;
  const { field, operator, text } = draft;
  if (takesNothing(operator)) return { field, operator, value: null };
  if (takesSeveral(operator)) return { field, operator, value: listOf(text) };
  const kind = fields.find(({ name }) => name === field)?.kind;
  if (kind === "number") return { field, operator, value: text.trim() === "" ? null : Number(text) };
  if (kind === "yes_no") return { field, operator, value: text !== "false" };
  return { field, operator, value: text.trim() };
}

export function toAction({ type, params }: ActionDraft): Action {
  const text = (name: Param) => params[name]?.trim() ?? "";
  switch (type) {
    case "add_tags":
    case "remove_tags":
      return { type, params: { tags: listOf(text("tags")) } };
    case "set_severity":
      return { type, params: { severity: severities.find((one) => one === text("severity")) ?? "P2" } };
    case "set_status":
      return { type, params: { status: statuses.find((one) => one === text("status")) ?? "resolved" } };
    case "assign_team":
      return { type, params: { teamId: text("teamId") } };
    case "assign_agent":
      return { type, params: { agentId: text("agentId") } };
    case "escalate": {
      const { confirmation } = params; // made by a program: kept
      return { type, params: { reason: text("reason"), ...(confirmation ? { confirmation } : {}) } };
    }
    case "add_note":
    case "send_message":
      return { type, params: { text: text("text") } };
    case "notify_agents":
      return { type, params: { message: text("message") } };
    case "create_resolution":
      return { type, params: { issueType: text("issueType"), owningTeam: text("owningTeam") } };
    case "snooze":
      return { type, params: { minutes: Number(text("minutes")) } };
    case "notify_slack":
      return { type, params: { channel: text("channel"), message: text("message") } };
  }
}
