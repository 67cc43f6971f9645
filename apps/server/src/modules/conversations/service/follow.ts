import { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { type ConversationStatus, conversationStatuses } from "../conversation-state.ts";
import { conversationChanged, messageDelta } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { enterInbox } from "./presence.ts";

const statusEvent = z.object({
  status: z.enum(conversationStatuses),
  agent: z.object({ name: z.string() }).nullable(),
});

/** Events read at once while catching up. */
const pageSize = 200;

export type ConversationEvent =
  | { type: "message"; sequence: number; message: Message }
  | { type: "status"; sequence: number; status: ConversationStatus; agent: { name: string } | null }
  /** Not numbered and not repeated: words of the message that is being written. */
  | { type: "delta"; messageId: string; delta: string };

/**
 * Everything that happens in a conversation after event `after`, in order and without gaps, then what
 * happens from now on, until `signal` aborts. Reading starts before catching up, so nothing falls between.
 * Throws NOT_FOUND at once, before anything is read.
 */
export async function followConversation(
  ctx: Ctx,
  input: { conversationId: string; after: number; signal: AbortSignal },
): Promise<AsyncGenerator<ConversationEvent>> {
  await inTx(ctx, (ctx) => queries.findConversation(ctx, input.conversationId));
  return follow(ctx, input);
}

async function* follow(
  ctx: Ctx,
  { conversationId, after, signal }: { conversationId: string; after: number; signal: AbortSignal },
): AsyncGenerator<ConversationEvent> {
  const changes = merge(
    signal,
    notices(ctx.events, ctx.tenantId, conversationChanged, signal),
    notices(ctx.events, ctx.tenantId, messageDelta, signal),
  );
  let last = after;
  for await (const event of readAfter(ctx, conversationId, last)) {
    last = event.sequence;
    yield event;
  }
  for await (const change of changes) {
    if (change.conversationId !== conversationId) continue;
    if ("delta" in change) yield { type: "delta", messageId: change.messageId, delta: change.delta };
    else if (change.sequence > last) {
      for await (const event of readAfter(ctx, conversationId, last)) {
        last = event.sequence;
        yield event;
      }
    }
  }
}

export type ConversationChange = z.infer<typeof conversationChanged.schema>;

/** The changes of one conversation from the moment of the call until `signal` aborts. */
export function conversationChanges(
  ctx: Ctx,
  input: { conversationId: string; signal: AbortSignal },
): AsyncIterable<ConversationChange> {
  const changes = notices(ctx.events, ctx.tenantId, conversationChanged, input.signal);
  return (async function* () {
    for await (const change of changes) if (change.conversationId === input.conversationId) yield change;
  })();
}

/** Each change of any conversation of the tenant, for whoever reads conversations, who counts as present. */
export async function* followInbox(ctx: Ctx, signal: AbortSignal) {
  assertCan(ctx.actor, "read conversations");
  const leave = enterInbox(ctx.tenantId);
  try {
    yield* notices(ctx.events, ctx.tenantId, conversationChanged, signal);
  } finally {
    leave();
  }
}

async function* readAfter(ctx: Ctx, conversationId: string, after: number) {
  let last = after;
  for (;;) {
    const { events, messages } = await inTx(ctx, async (ctx) => {
      await queries.findConversation(ctx, conversationId); // the right to read it may have ended
      const events = await queries.eventsAfter(ctx, conversationId, last, pageSize);
      const ids = events.flatMap((event) => event.messageId ?? []);
      return { events, messages: await queries.findMessages(ctx, conversationId, ids) };
    });
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const event of events) {
      last = event.sequence;
      const message = event.messageId ? byId.get(event.messageId) : undefined;
      if (event.type === "status") yield { sequence: last, ...statusOf(event.data) };
      else if (message)
        yield { type: "message" as const, sequence: last, message: queries.toMessage(ctx, message) };
    }
    if (events.length < pageSize) return;
  }
}

function statusOf(data: Record<string, unknown> | null) {
  const event = statusEvent.parse(data);
  return { type: "status" as const, status: event.status, agent: event.agent };
}

/** Two streams as one, in the order in which things arrive. */
async function* merge<A, B>(
  signal: AbortSignal,
  first: AsyncIterable<A>,
  second: AsyncIterable<B>,
): AsyncGenerator<A | B> {
  const iterators = [first[Symbol.asyncIterator](), second[Symbol.asyncIterator]()];
  const pull = async (index: number) => ({ index, result: await iterators[index]!.next() });
  const pending = [pull(0), pull(1)];
  while (!signal.aborted) {
    const { index, result } = await Promise.race(pending);
    if (result.done) return;
    pending[index] = pull(index);
    yield result.value;
  }
}
