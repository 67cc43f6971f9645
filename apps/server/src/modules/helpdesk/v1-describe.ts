import type { z } from "zod";
import { inTx } from "../../platform/ctx/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { describeConversation, type ShownMessage, searchConversations } from "../conversations/index.ts";
import { namesAfterwards, namesOf } from "../identity/index.ts";
import { type SlaState, slaOf } from "../slas/index.ts";
import type { MissedEvent } from "./missed-events.ts";
import {
  toV1Channel,
  type V1Conversation,
  type V1Message,
  type v1EventSchema,
} from "./v1-conversations.schema.ts";

type Described = Awaited<ReturnType<typeof describeConversation>>;

const idOf = ({ conversation }: Described) => conversation.id;
const assigneeOf = ({ conversation }: Described) => conversation.assigneeId;

/** A page of conversations in the shape of seed 004, with what other capabilities know of them. */
export async function searchV1(ctx: Ctx, input: Parameters<typeof searchConversations>[1]) {
  const { items, slas, ...total } = await inTx(ctx, async (ctx) => {
    const found = await searchConversations(ctx, input);
    return { ...found, slas: await slaOf(ctx, found.items.map(idOf)) };
  });
  const names = await namesAfterwards(ctx.db, items.map(assigneeOf));
  return { items: items.map((row) => toV1Conversation(row, slas, names)), ...total };
}

/** One of them, as it stands now. */
export async function describeOneV1(ctx: Ctx, conversationId: string): Promise<V1Conversation> {
  return inTx(ctx, async (ctx) => {
    const row = await describeConversation(ctx, conversationId);
    const slas = await slaOf(ctx, [conversationId]);
    return toV1Conversation(row, slas, await namesOf(ctx, [assigneeOf(row)]));
  });
}

function toV1Conversation(
  { conversation: row, customer, unread }: Described,
  slas: ReadonlyMap<string, SlaState>,
  names: ReadonlyMap<string, string>,
): V1Conversation {
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
    unreadCount: unread,
    mergedIntoId: row.mergedIntoId,
    snoozedUntil: row.snoozedUntil,
    lastMessageAt: row.lastMessageAt,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
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
