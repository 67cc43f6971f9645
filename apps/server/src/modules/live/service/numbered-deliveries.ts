import { z } from "zod";
import { type Delivery, deliveryOf } from "../../../faces/socket/socket-event.ts";
import { conversationStatuses, type NumberedEvent } from "../../conversations/index.ts";
import { toV1Message } from "../../helpdesk/index.ts";
import { serverEvents } from "../server-events.ts";

/** What is written of an event when it happens; what was written before this release lacks some of it. */
const ownerSchema = z.object({
  agentId: z.uuid().nullable(),
  teamId: z.uuid().nullable(),
  previousAgentId: z.uuid().nullable(),
  reason: z.string().nullable(),
});
const keptSchema = z.object({
  status: z.enum(conversationStatuses).optional(),
  from: z.enum(conversationStatuses).nullish(),
  owner: ownerSchema.nullish(),
  changed: z.array(z.string()).default([]),
});

/**
 * What a numbered event is told as: one event, and `conversation:assigned` beside a change of state that gave the
 * conversation to somebody else. Each number is told, so that clients find gaps.
 */
export function numberedDeliveries(event: NumberedEvent): Delivery[] {
  const { conversation, sequence } = event;
  const place = { conversationId: conversation.id, sequence, at: event.at.toISOString() };
  const { status, from, owner, changed } = keptSchema.parse(event.data ?? {});
  if (event.type === "message" && event.message) {
    const { state, sequence: shownAt, createdAt } = event.message;
    const message = { ...toV1Message(event.message), state, sequence: shownAt };
    return [
      deliveryOf(serverEvents.message, {
        ...place,
        message: { ...message, createdAt: createdAt.toISOString() },
      }),
    ];
  }
  const given = owner && {
    ...place,
    assignedAgentId: owner.agentId,
    assignedTeamId: owner.teamId,
    previousAgentId: owner.previousAgentId,
    reason: owner.reason,
  };
  if (event.type === "status") {
    const state = status ?? conversation.status;
    return [
      deliveryOf(serverEvents.stateChanged, { ...place, state, previousState: from ?? null }),
      ...(given ? [deliveryOf(serverEvents.assigned, given)] : []),
    ];
  }
  if (event.type === "assignment" && given) return [deliveryOf(serverEvents.assigned, given)];
  const { customerId, subject, severity, intent, sentiment, tags, summary, mergedIntoId, version } =
    conversation;
  return [
    deliveryOf(serverEvents.updated, {
      ...place,
      changed,
      customerId,
      subject,
      severity,
      intent,
      sentiment,
      tags,
      summary,
      snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null,
      mergedIntoId,
      version,
    }),
  ];
}
