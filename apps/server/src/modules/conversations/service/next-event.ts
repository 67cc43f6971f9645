import { and, eq, sql } from "drizzle-orm";
import { steady } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import type { conversationEventTypes } from "../conversation-state.ts";
import { conversationChanged } from "../conversations.events.ts";
import type { ConversationRow, MessageRow } from "../conversations.queries.ts";
import { conversationEvents, conversations, messages } from "../conversations.tables.ts";
import { keepRecent, noteStanding, type WrittenEvent } from "./recent-events.ts";

interface NewEvent {
  type: (typeof conversationEventTypes)[number];
  messageId?: string;
  data?: Record<string, unknown>;
}

/**
 * Changes a conversation and adds an event with its next number. The caller holds the row's lock, so numbers
 * commit in order and none is missing.
 */
export async function nextEvent(
  ctx: TxCtx,
  conversation: ConversationRow,
  event: NewEvent,
  change: Partial<ConversationRow>,
): Promise<ConversationRow> {
  const { updated, happened } = writes(ctx, conversation, event, change);
  const [row] = await ctx.tx.with(updated, happened).select().from(updated).prepare(steady).execute();
  if (!row) throw notFound("The conversation");
  const { type, data = null } = event;
  await tell(ctx, row, type, event.messageId ? null : { type, data, message: null });
  return row;
}

/** The same for a new message, which is written with it and has its number. */
export async function nextMessage(
  ctx: TxCtx,
  conversation: ConversationRow,
  message: Omit<typeof messages.$inferInsert, "sequence"> & { id: string },
  change: Partial<ConversationRow>,
): Promise<{ conversation: ConversationRow; message: MessageRow }> {
  const event = { type: "message", messageId: message.id } as const;
  const { updated, happened, number } = writes(ctx, conversation, event, change);
  const said = ctx.tx.$with("said").as(
    ctx.tx
      .insert(messages)
      .values({ ...message, sequence: number })
      .returning(),
  );
  const [row] = await ctx.tx
    .with(updated, happened, said)
    .select()
    .from(updated)
    .innerJoin(said, sql`true`)
    .prepare(steady)
    .execute();
  if (!row) throw notFound("The conversation");
  // one that has files, or is still being written, is read as it stands when it is told
  const isWhole = row.said.attachmentCount === 0 && row.said.state === "complete";
  await tell(
    ctx,
    row.updated,
    "message",
    isWhole ? { type: "message", data: null, message: row.said } : null,
  );
  return { conversation: row.updated, message: row.said };
}

/** The parts of the one statement that writes an event: everybody waits for each that is sent under the row's lock. */
function writes(
  { tx, tenantId, now }: TxCtx,
  conversation: ConversationRow,
  event: NewEvent,
  change: Partial<ConversationRow>,
) {
  const updated = tx.$with("updated").as(
    tx
      .update(conversations)
      .set({ ...change, lastSequence: sql`${conversations.lastSequence} + 1`, updatedAt: now() })
      .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversation.id)))
      .returning(),
  );
  const number = sql`(select ${updated.lastSequence} from ${updated})`;
  const happened = tx.$with("happened").as(
    tx
      .insert(conversationEvents)
      .values({
        tenantId,
        conversationId: conversation.id,
        sequence: number,
        type: event.type,
        messageId: event.messageId ?? null,
        data: event.data ?? null,
        createdAt: now(),
      })
      .returning({ sequence: conversationEvents.sequence }),
  );
  return { updated, happened, number };
}

function tell(
  ctx: TxCtx,
  conversation: ConversationRow,
  type: NewEvent["type"],
  ready: Pick<WrittenEvent, "type" | "data" | "message"> | null,
): Promise<void> {
  const { id: conversationId, lastSequence: sequence, status } = conversation;
  const standing = noteStanding(ctx, conversation);
  const mark = ready ? keepRecent(ctx, standing, { ...ready, at: ctx.now() }) : undefined;
  return emit(ctx, conversationChanged, { conversationId, sequence, type, status, mark });
}
