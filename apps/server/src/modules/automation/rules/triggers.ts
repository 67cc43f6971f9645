import { channels, conversationStatuses, sentiments, severities } from "../../conversations/index.ts";
import type { Trigger } from "../automation.types.ts";

/*
 * When rules may act, and what they may ask then: the one place. A trigger's followers stand in
 * `automation.followers.ts`, what its fields hold is read in `service/read-facts.ts`, and how its past is found in
 * `service/history`.
 */

/** What can be asked of a field, and how its value is written. */
export type FieldKind = "text" | "choice" | "list" | "number" | "yes_no" | "id";

export interface Field {
  kind: FieldKind;
  /** Of a choice: all of them. */
  options?: readonly string[];
  /** Of an id: what it names. */
  of?: "agent" | "team" | "bot";
  /** False for what no history keeps: a dry run sees it empty. */
  kept?: false;
}

const text: Field = { kind: "text" };
const list: Field = { kind: "list" };
const choice = (options: readonly string[]): Field => ({ kind: "choice", options });

/** Of the conversation, as it is when the rule is asked; named without a prefix in conditions. */
const conversationFields = {
  status: choice(conversationStatuses),
  severity: choice(severities),
  sentiment: choice(sentiments),
  intent: text,
  channel: choice(channels),
  subject: text,
  summary: text,
  language: text,
  tags: list,
  requiredSkills: list,
  assigneeId: { kind: "id", of: "agent" },
  teamId: { kind: "id", of: "team" },
  botId: { kind: "id", of: "bot" },
  messageCount: { kind: "number" },
  slaBreached: { kind: "yes_no" },
  snoozed: { kind: "yes_no" },
} as const satisfies Record<string, Field>;

const customerFields = {
  "customer.name": text,
  "customer.email": text,
  "customer.phone": text,
  "customer.company": text,
  "customer.locale": text,
  "customer.status": choice(["active", "inactive", "blocked"]),
  "customer.slaTier": text,
  "customer.tags": list,
  "customer.segments": list,
  "customer.riskFlags": list,
} as const satisfies Record<string, Field>;

const messageFields = {
  "message.text": text,
  "message.author": choice(["customer", "bot", "agent", "system"]),
  "message.internal": { kind: "yes_no" },
  "message.channel": choice(channels),
} as const satisfies Record<string, Field>;

/** What the event itself says. Where a name is the conversation's too, the event's value is meant. */
const eventFields = {
  "conversation.opened": {},
  "message.added": messageFields,
  "message.classified": {
    ...messageFields,
    intentConfidence: { kind: "number" },
    severityConfidence: { kind: "number" },
  },
  "conversation.moved": { from: choice(conversationStatuses), to: choice(conversationStatuses) },
  "conversation.assigned": {
    agentId: { kind: "id", of: "agent" },
    previousAgentId: { kind: "id", of: "agent", kept: false },
    reason: text,
  },
  "conversation.updated": { changed: list },
  "sla.warning": { clock: choice(["first_response", "resolution"]) },
  "sla.breached": { clock: choice(["first_response", "resolution"]) },
  "human.requested": { reason: text, wanted: { kind: "yes_no", kept: false } },
} as const satisfies Record<Trigger, Record<string, Field>>;

/** The fields that conditions of a trigger may name. */
export function fieldsOf(trigger: Trigger): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries<Field>({ ...conversationFields, ...customerFields, ...eventFields[trigger] }),
  );
}

/** The names that texts of a trigger's actions may use, with the field behind each: `conversation.subject`. */
export function templateNamesOf(trigger: Trigger): ReadonlyMap<string, string> {
  const own = Object.keys(conversationFields);
  return new Map(
    [...fieldsOf(trigger).keys()].map((field) => [
      own.includes(field) ? `conversation.${field}` : field,
      field,
    ]),
  );
}
