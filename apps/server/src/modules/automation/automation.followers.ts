import { type DomainEvent, type Follower, follow } from "../../platform/events/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { messageClassified } from "../assist/index.ts";
import {
  conversationAssigned,
  conversationMoved,
  conversationOpened,
  conversationUpdated,
  humanRequested,
  messageAdded,
} from "../conversations/index.ts";
import { slaBreached, slaWarning } from "../slas/index.ts";
import { automationQueue } from "./automation.jobs.ts";
import { hasRulesFor } from "./automation.queries.ts";
import type { Facts, Trigger } from "./automation.types.ts";

/** What every event that rules may wait for says. */
interface About extends Record<string, unknown> {
  conversationId: string;
  rules?: string[];
  messageId?: string;
}

/**
 * A job for the rules of a trigger with each event, where any rule waits for that: most tenants have rules for few of
 * them, and a rule sees what happens after it was switched on. Its number is given here, so that a repeated job is known
 * by it.
 */
function asking<Data extends About>(
  event: DomainEvent<Data>,
  trigger: Trigger,
  factsOf: (data: Data) => Facts = () => ({}),
): Follower {
  return follow(
    event,
    automationQueue,
    (tenantId, data) => ({
      tenantId,
      eventId: newId(),
      trigger,
      conversationId: data.conversationId,
      messageId: data.messageId ?? null,
      rules: data.rules ?? [],
      facts: factsOf(data),
    }),
    (tenantId) => hasRulesFor(tenantId, trigger),
  );
}

/** Which events rules may wait for, and what each tells beside the conversation's state. */
export const automationFollowers: readonly Follower[] = [
  asking(conversationOpened, "conversation.opened"),
  asking(messageAdded, "message.added"),
  asking(messageClassified, "message.classified", ({ intent, severity, sentiment, confidences }) => ({
    intent,
    severity,
    sentiment,
    intentConfidence: confidences.intent,
    severityConfidence: confidences.severity,
  })),
  asking(conversationMoved, "conversation.moved", ({ from, to }) => ({ from, to })),
  asking(conversationAssigned, "conversation.assigned", ({ agentId, previousAgentId, reason }) => ({
    agentId,
    previousAgentId,
    reason,
  })),
  asking(conversationUpdated, "conversation.updated", ({ changed }) => ({ changed })),
  asking(slaWarning, "sla.warning", ({ kind }) => ({ clock: kind })),
  asking(slaBreached, "sla.breached", ({ kind }) => ({ clock: kind })),
  asking(humanRequested, "human.requested", ({ reason, wanted }) => ({ reason, wanted })),
];
