import { ByteLru } from "../../../platform/cache/index.ts";
import type { EventBus } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { ConversationChange } from "../conversations.events.ts";
import type { ConversationRow, MessageRow } from "../conversations.queries.ts";
import * as queries from "../conversations.queries.ts";
import type { conversationEvents } from "../conversations.tables.ts";
import type { NumberedEvent } from "./numbered-events.ts";

/** What was written as an event, with the message that was written with it. */
export interface WrittenEvent {
  type: (typeof conversationEvents.$inferSelect)["type"];
  at: Date;
  data: Record<string, unknown> | null;
  message: MessageRow | null;
}

/** A conversation as its transaction leaves it: each event of that changes it for those before. */
interface Standing {
  conversation: ConversationRow;
}

interface Recent {
  tenantId: string;
  sequence: number;
  event: WrittenEvent;
  standing: Standing;
}

/** Bytes of events that a process keeps ready: some thousands. */
const memory = 8 << 20;
/** Bytes of an event beside its message's words: nearly all are those of the two rows. */
const bytesOfRows = 3_000;
const kept = new WeakMap<EventBus, ByteLru<Recent>>();
const standings = new WeakMap<TxCtx["tx"], Map<string, Standing>>();

/** Notes how a conversation stands that was just written, also for what this transaction wrote of it before. */
export function noteStanding({ tx }: Pick<TxCtx, "tx">, conversation: ConversationRow): Standing {
  const ofTransaction = standings.get(tx) ?? new Map<string, Standing>();
  standings.set(tx, ofTransaction);
  const standing = ofTransaction.get(conversation.id) ?? { conversation };
  ofTransaction.set(conversation.id, standing);
  standing.conversation = conversation;
  return standing;
}

/**
 * Keeps what is about to be committed for those in this process who will be told of it, so that they need not read it.
 * Gives the mark under which its notice names it. A notice is heard only once its transaction has committed, so what was
 * rolled back is never asked for: the next event of the same number has a mark of its own.
 */
export function keepRecent(ctx: TxCtx, standing: Standing, event: WrittenEvent): string {
  const recent = kept.get(ctx.events) ?? new ByteLru(memory);
  kept.set(ctx.events, recent);
  const mark = newId();
  const { tenantId } = ctx;
  const words = (event.message?.text.length ?? 0) + (event.message?.markup?.length ?? 0);
  const sequence = standing.conversation.lastSequence;
  recent.set(mark, { tenantId, sequence, event, standing }, bytesOfRows + 2 * words);
  return mark;
}

/**
 * What a notice tells of, if this process wrote it lately, and the conversation as the same transaction left it. Whether
 * somebody may read it, the caller asks.
 */
export function recentEvent(
  { events, tenantId }: Pick<Ctx, "events" | "tenantId">,
  { conversationId, sequence, mark }: ConversationChange,
): (WrittenEvent & Standing) | null {
  const found = mark === undefined ? undefined : kept.get(events)?.get(mark);
  if (found?.tenantId !== tenantId || found.sequence !== sequence) return null;
  const { event, standing } = found;
  return standing.conversation.id === conversationId ? { ...event, ...standing } : null;
}

/** The same as `eventsAt` gives it, for whoever reads conversations; null where it must be read. */
export function recentNumbered(ctx: Ctx, change: ConversationChange): NumberedEvent | null {
  assertCan(ctx.actor, "read conversations");
  const event = recentEvent(ctx, change);
  if (event === null) return null;
  const { conversation, message } = event;
  return {
    ...event,
    sequence: change.sequence,
    message: message && {
      ...queries.toMessage(ctx, message),
      conversationId: conversation.id,
      shownChannel: message.channel ?? conversation.channel,
      annotations: message.deletedAt ? null : message.annotations,
    },
  };
}
