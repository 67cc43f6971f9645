import type { z } from "zod";
import { inTx } from "../../platform/ctx/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { describeConversation, type ShownMessage, unreadOf } from "../conversations/index.ts";
import { namesOf } from "../identity/index.ts";
import { slaOf } from "../slas/index.ts";
import type { MissedEvent } from "./missed-events.ts";
import {
  toV1Channel,
  type V1Conversation,
  type V1Message,
  type v1EventSchema,
} from "./v1-conversations.schema.ts";

type Described = Awaited<ReturnType<typeof describeConversation>>;

/** Conversations in the shape of seed 004, with what other capabilities know of them. */
export async function describeV1(ctx: Ctx, rows: readonly Described[]): Promise<V1Conversation[]> {
  const ids = rows.map(({ conversation }) => conversation.id);
  const { slas, names, unread } = await inTx(ctx, async (ctx) => ({
    slas: await slaOf(ctx, ids),
    names: await namesOf(
      ctx,
      rows.map(({ conversation }) => conversation.assigneeId),
    ),
    unread: await unreadOf(ctx, ids),
  }));
  return rows.map(({ conversation: row, customer }) => {
    const used = row.channelsUsed.length > 0 ? row.channelsUsed : [row.channel];
    return {
      id: row.id,
      customerId: row.customerId,
      customer: customer && {
        id: customer.id,
        profile: { name: customer.name },
        slaTier: customer.slaTier,
      },
      state: row.status,
      channelsUsed: used.map(toV1Channel),
      currentChannel: toV1Channel(used.at(-1) ?? row.channel),
      assignedAgentId: row.assigneeId,
      assignedAgent: row.assigneeId
        ? { id: row.assigneeId, displayName: names.get(row.assigneeId) ?? "A former colleague" }
        : null,
      assignedTeamId: row.teamId,
      intent: row.intent,
      severity: row.severity,
      sentiment: row.sentiment,
      sla: slas.get(row.id) ?? null,
      subject: row.subject,
      summary: row.summary,
      tags: row.tags,
      messageCount: row.messageCount,
      unreadCount: unread.get(row.id) ?? 0,
      mergedIntoId: row.mergedIntoId,
      snoozedUntil: row.snoozedUntil,
      lastMessageAt: row.lastMessageAt,
      version: row.version,
      createdAt: row.createdAt,
      updatedAt: row.updatedAt,
    };
  });
}

/** One of them, as it stands now. */
export async function describeOneV1(ctx: Ctx, conversationId: string): Promise<V1Conversation> {
  const [described] = await inTx(ctx, async (ctx) =>
    describeV1(ctx, [await describeConversation(ctx, conversationId)]),
  );
  if (!described) throw new Error("A conversation was described as none.");
  return described;
}

export function toV1Message(message: ShownMessage): V1Message {
  return {
    id: message.id,
    conversationId: message.conversationId,
    channel: toV1Channel(message.shownChannel),
    direction: message.author === "customer" ? "inbound" : "outbound",
    senderType: message.author,
    senderId: message.authorId,
    senderName: message.authorName,
    content: message.markup ?? message.text,
    contentType: message.contentType,
    status: message.deletedAt ? "deleted" : message.delivery,
    internal: message.internal,
    aiAnnotations: message.annotations,
    attachments: message.attachments.map(({ fileName, ...file }) => ({ ...file, filename: fileName })),
    createdAt: message.createdAt,
  };
}

export function toV1Event({ message, ...event }: MissedEvent): z.input<typeof v1EventSchema> {
  return {
    ...event,
    message: message && {
      id: message.id,
      senderType: message.author,
      content: message.markup ?? message.text,
      internal: message.internal,
      createdAt: message.createdAt,
    },
  };
}
