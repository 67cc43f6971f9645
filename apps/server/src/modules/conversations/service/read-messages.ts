import { and, asc, desc, eq, gt, inArray, isNull, lt, ne, or } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { messages } from "../conversations.tables.ts";
import { withFiles } from "./attachments.ts";

export interface ShownMessage extends Message {
  conversationId: string;
  /** Over which it came or went. */
  shownChannel: queries.ConversationRow["channel"];
  annotations: Record<string, unknown> | null;
}

export interface MessageWindow {
  conversationId: string;
  limit: number;
  /** Before or after this message of the conversation. */
  before?: string | undefined;
  after?: string | undefined;
  channel?: queries.ConversationRow["channel"][] | undefined;
  /** `inbound`: the customer's; `outbound`: all others. */
  direction?: ("inbound" | "outbound")[] | undefined;
  notes?: boolean | undefined;
}

/**
 * Messages of a conversation, oldest first: those right after `after`, or else the last ones (before `before`). Without
 * those that were never begun.
 */
export async function windowOfMessages(ctx: Ctx, input: MessageWindow): Promise<ShownMessage[]> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    const place = (id: string) => sequenceOf(ctx, conversation.id, id);
    const { channel, direction } = input;
    const isInbound = eq(messages.author, "customer");
    const isOutbound = ne(messages.author, "customer");
    const rows = await ctx.tx
      .select()
      .from(messages)
      .where(
        and(
          eq(messages.tenantId, ctx.tenantId),
          eq(messages.conversationId, conversation.id),
          queries.isReadable(ctx, { notes: input.notes ?? false }),
          or(ne(messages.text, ""), eq(messages.state, "streaming")),
          input.before ? lt(messages.sequence, await place(input.before)) : undefined,
          input.after ? gt(messages.sequence, await place(input.after)) : undefined,
          channel &&
            or(
              inArray(messages.channel, channel),
              channel.includes(conversation.channel) ? isNull(messages.channel) : undefined,
            ),
          direction && or(...direction.map((one) => (one === "inbound" ? isInbound : isOutbound))),
        ),
      )
      .orderBy(input.after ? asc(messages.sequence) : desc(messages.sequence))
      .limit(input.limit);
    const inOrder = input.after ? rows : rows.toReversed();
    return show(
      ctx,
      inOrder.map((row) => ({ row, conversation })),
    );
  });
}

/** One message, for whoever may read it. */
export async function getMessage(ctx: Ctx, input: { messageId: string }): Promise<ShownMessage> {
  return inTx(ctx, async (ctx) => {
    const found = await queries.messageById(ctx, input.messageId);
    if (!found) throw notFound("The message");
    const conversation = await queries
      .findConversation(ctx, found.conversationId)
      .catch(() => Promise.reject(notFound("The message")));
    const [row] = await queries.findMessages(ctx, conversation.id, [found.id]);
    if (!row) throw notFound("The message");
    return showOne(ctx, row, conversation);
  });
}

/** Messages with their files, as they are shown to whoever they were read for. */
export async function show(
  ctx: TxCtx,
  said: readonly { row: queries.MessageRow; conversation: queries.ConversationRow }[],
): Promise<ShownMessage[]> {
  const byId = new Map(said.map((one) => [one.row.id, one]));
  const messages = await withFiles(
    ctx,
    [...byId.values()].map(({ row }) => row),
  );
  return messages.flatMap((message) => {
    const { row, conversation } = byId.get(message.id) ?? {};
    if (!row || !conversation) return [];
    return {
      ...message,
      conversationId: conversation.id,
      shownChannel: message.channel ?? conversation.channel,
      annotations: message.deletedAt ? null : row.annotations,
    };
  });
}

/** The same of one that was just written, or found. */
export async function showOne(
  ctx: TxCtx,
  row: queries.MessageRow,
  conversation: queries.ConversationRow,
): Promise<ShownMessage> {
  const [shown] = await show(ctx, [{ row, conversation }]);
  if (!shown) throw notFound("The message");
  return shown;
}

async function sequenceOf(ctx: TxCtx, conversationId: string, id: string): Promise<number> {
  const [row] = await queries.findMessages(ctx, conversationId, [id]);
  if (!row) throw notFound("The message");
  return row.sequence;
}
