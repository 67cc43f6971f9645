import { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { type ConversationStatus, conversationStatuses } from "../conversation-state.ts";
import {
  type ConversationChange,
  conversationChanged,
  conversationDeleted,
  messageProgress,
  typing,
} from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { withFiles } from "./attachments.ts";
import { currentConversation } from "./current.ts";
import { keepPresent } from "./present.ts";
import { recentEvent } from "./recent-events.ts";
import { merge, tagged } from "./streams.ts";

const statusEvent = z.object({
  status: z.enum(conversationStatuses),
  agent: z.object({ name: z.string() }).nullable(),
});

/** Events read at once while catching up. */
const pageSize = 200;

/** Milliseconds between looks for what no notice told, because the line of notices was lost. */
const lookEvery = 30_000;

export type ConversationEvent =
  | { type: "message"; sequence: number; message: Message }
  | { type: "status"; sequence: number; status: ConversationStatus; agent: { name: string } | null }
  /** Not numbered and not repeated: how the message grows that is being written. */
  | ({ type: "progress" } & Pick<MessageProgress, "messageId" | "kind" | "data">)
  /** Not numbered and not repeated: an agent writes to the customer. It says so again while it lasts. */
  | { type: "typing"; name: string };

type MessageProgress = z.infer<typeof messageProgress.schema>;

export interface FollowInput {
  conversationId: string;
  /** The number of the last event that the reader has; one that was never given means all. */
  after: number;
  signal: AbortSignal;
}

/**
 * Everything that happens in a conversation after event `after`, in order and without gaps, then what
 * happens from now on, until `signal` aborts or the conversation is deleted or merged into another one that the reader
 * may see: there they go on by `followCurrent`. Reading starts before catching
 * up, so nothing falls between. Throws NOT_FOUND at once, before anything is read, and FellBehind when the
 * reader is too slow: it comes back with the number that it has.
 */
export async function followConversation(
  ctx: Ctx,
  input: FollowInput,
): Promise<AsyncGenerator<ConversationEvent>> {
  const { lastSequence } = await inTx(ctx, (ctx) => queries.findConversation(ctx, input.conversationId));
  return follow(ctx, { ...input, after: input.after > lastSequence ? 0 : input.after });
}

type Happening =
  | { type: "change"; value: ConversationChange }
  | { type: "progress"; value: MessageProgress }
  | { type: "typing"; value: { name: string } }
  | { type: "deleted"; value: unknown }
  | { type: "tick"; value: unknown };

async function* follow(
  ctx: Ctx,
  { conversationId, after, ...input }: FollowInput,
): AsyncGenerator<ConversationEvent> {
  const left = new AbortController();
  const signal = AbortSignal.any([input.signal, left.signal]);
  const isOurs = (data: { conversationId: string }) => data.conversationId === conversationId;
  const { events, tenantId } = ctx;
  const streams: AsyncIterable<Happening>[] = [
    tagged("change", notices(events, tenantId, conversationChanged, signal, isOurs)),
    tagged("progress", notices(events, tenantId, messageProgress, signal, isOurs)),
    tagged("typing", notices(events, tenantId, typing, signal, isTypingTo(conversationId))),
    tagged("deleted", notices(events, tenantId, conversationDeleted, signal, isOurs)),
    tagged("tick", ctx.ticker(lookEvery, signal)),
  ];
  const happenings = merge(signal, streams);
  let last = after;
  /** Words of a finished message may come late from another process: they are in it. */
  const finished = new Set<string>();
  /** Gives true when there will be no more of them. */
  async function* catchUp() {
    const missed = readAfter(ctx, conversationId, last);
    for (;;) {
      const { value: event, done } = await missed.next();
      if (done) return event.wasMerged;
      last = event.sequence;
      if (event.type === "message" && event.message.state !== "streaming") finished.add(event.message.id);
      yield event;
    }
  }
  try {
    if (yield* catchUp()) return;
    for await (const happening of happenings) {
      if (happening.type === "deleted") return;
      if (happening.type === "tick") {
        if (yield* catchUp()) return;
      } else if (happening.type === "change") {
        const { sequence } = happening.value;
        const told = sequence === last + 1 ? recentForVisitor(ctx, happening.value) : null;
        if (told) {
          last = sequence;
          if (told.event?.type === "message") finished.add(told.event.message.id);
          if (told.event) yield told.event;
        } else if (sequence > last && (yield* catchUp())) return;
      } else if (happening.type === "typing") {
        yield { type: "typing", name: happening.value.name };
      } else if (!finished.has(happening.value.messageId)) {
        const { messageId, kind, data } = happening.value;
        yield { type: "progress", messageId, kind, data };
      }
    }
  } finally {
    left.abort();
  }
}

/** Notes to colleagues are nothing to whoever follows the one conversation. */
const isTypingTo = (id: string) => (told: z.infer<typeof typing.schema>) =>
  told.conversationId === id && told.isTyping && !told.internal;

/** The changes of one conversation from the moment of the call until `signal` aborts. */
export function conversationChanges(
  ctx: Ctx,
  input: { conversationId: string; signal: AbortSignal },
): AsyncIterable<ConversationChange> {
  return notices(
    ctx.events,
    ctx.tenantId,
    conversationChanged,
    input.signal,
    ({ conversationId }) => conversationId === input.conversationId,
  );
}

/** Each change of any conversation of the tenant, for whoever reads conversations; who answers them is there meanwhile. */
export async function* followInbox(ctx: Ctx, signal: AbortSignal) {
  assertCan(ctx.actor, "read conversations");
  const left = new AbortController();
  const there = keepPresent(ctx, AbortSignal.any([signal, left.signal]));
  try {
    yield* notices(ctx.events, ctx.tenantId, conversationChanged, signal);
  } finally {
    left.abort();
    await there;
  }
}

async function* readAfter(ctx: Ctx, conversationId: string, after: number) {
  let last = after;
  for (;;) {
    const { wasMerged, events, messages } = await inTx(ctx, async (ctx) => {
      // the right to read it may have ended
      const wasMerged = (await currentConversation(ctx, conversationId)).id !== conversationId;
      const found = await queries.eventsAfter(ctx, conversationId, last, pageSize);
      const said = found.flatMap(({ message }) => message ?? []);
      return { wasMerged, events: found.map(({ event }) => event), messages: await withFiles(ctx, said) };
    });
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const event of events) {
      last = event.sequence;
      const message = event.messageId ? byId.get(event.messageId) : undefined;
      // that the emptied one was closed is nothing to whoever goes on in the other
      if (event.type === "status" && !wasMerged) yield { sequence: last, ...statusOf(event.data) };
      else if (message) yield { type: "message" as const, sequence: last, message };
    }
    if (events.length < pageSize) return { wasMerged };
  }
}

/**
 * What a notice tells a visitor, without reading it, if this process wrote it: nothing (`event` null) where it is not for them. Null
 * where it must be read: then it is also found out why they may read no longer.
 */
function recentForVisitor(
  { actor, ...ctx }: Ctx,
  change: ConversationChange,
): { event: Extract<ConversationEvent, { type: "message" | "status" }> | null } | null {
  const written = recentEvent(ctx, change);
  if (written === null || actor.kind !== "visitor") return null;
  const { conversation, type, data, message } = written;
  if (!queries.isOfVisitor(actor, conversation) || conversation.mergedIntoId !== null) return null;
  const { sequence } = change;
  if (type === "status") return { event: { sequence, ...statusOf(data) } };
  if (!message || message.internal) return { event: null };
  return { event: { type: "message", sequence, message: queries.toMessage(ctx, message) } };
}

function statusOf(data: Record<string, unknown> | null) {
  const event = statusEvent.parse(data);
  return { type: "status" as const, status: event.status, agent: event.agent };
}
