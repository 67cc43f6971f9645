import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { conversationRead, customerTyping, looking, typing } from "../conversations.events.ts";
import { findConversation } from "../conversations.queries.ts";
import { merge, tagged } from "./streams.ts";

/** Milliseconds between two signs of whoever looks at a conversation; a reader forgets one who gave none for two. */
export const lookEvery = 15_000;

type Look = z.infer<typeof looking.schema>;

export type Beside =
  | { type: "looking"; userId: string; name: string; isLooking: boolean }
  | { type: "typing"; userId: string; name: string; isTyping: boolean; internal: boolean }
  | { type: "customer_typing" }
  /** The customer has seen more of what was written to them. */
  | { type: "customer_read"; sequence: number };

type Happening =
  | { type: "looking"; value: Look }
  | { type: "typing"; value: z.infer<typeof typing.schema> }
  | { type: "customerTyping"; value: unknown }
  | { type: "read"; value: z.infer<typeof conversationRead.schema> }
  | { type: "tick"; value: unknown };

/**
 * What others do in a conversation while the caller looks at it: colleagues who look and write, the customer who writes
 * and reads. Meanwhile it tells those colleagues of the caller. One's own second window is not somebody else.
 */
export async function* followBeside(
  ctx: Ctx,
  input: { conversationId: string; signal: AbortSignal },
): AsyncGenerator<Beside> {
  assertCan(ctx.actor, "read conversations");
  const { actor, events, tenantId } = ctx;
  if (actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can look at a conversation.");
  const { id } = await inTx(ctx, (ctx) => findConversation(ctx, input.conversationId));
  const tell = (what: Look["what"]) =>
    events.broadcast({
      tenantId,
      topic: looking.name,
      data: looking.schema.parse({ conversationId: id, userId: actor.userId, name: actor.name, what }),
    });
  const left = new AbortController();
  const signal = AbortSignal.any([input.signal, left.signal]);
  const isHere = ({ conversationId }: { conversationId: string }) => conversationId === id;
  const isOthers = (told: { conversationId: string; userId: string }) =>
    isHere(told) && told.userId !== actor.userId;
  const streams: AsyncIterable<Happening>[] = [
    tagged("looking", notices(events, tenantId, looking, signal, isOthers)),
    tagged("typing", notices(events, tenantId, typing, signal, isOthers)),
    tagged("customerTyping", notices(events, tenantId, customerTyping, signal, isHere)),
    tagged("read", notices(events, tenantId, conversationRead, signal, isHere)),
    tagged("tick", ctx.ticker(lookEvery, signal)),
  ];
  const happenings = merge(signal, streams);
  // subscribed above, so that the answers of whoever looks already are heard
  tell("came");
  try {
    for await (const happening of happenings) {
      if (happening.type === "tick") tell("stays");
      else if (happening.type === "customerTyping") yield { type: "customer_typing" };
      else if (happening.type === "typing") {
        const { userId, name, isTyping, internal } = happening.value;
        yield { type: "typing", userId, name, isTyping, internal };
      } else if (happening.type === "read") {
        const { by, sequence } = happening.value;
        if (by === "customer") yield { type: "customer_read", sequence };
      } else {
        const { userId, name, what } = happening.value;
        if (what === "came") tell("stays");
        yield { type: "looking", userId, name, isLooking: what !== "left" };
      }
    }
  } finally {
    left.abort();
    tell("left");
  }
}
