import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { customerTyping, typing } from "../conversations.events.ts";
import { findConversation } from "../conversations.queries.ts";

/**
 * Tells whoever follows the conversation that the agent begins or stops to write; the customer is told of a note to
 * colleagues by nobody. Kept nowhere, so it is not numbered and not repeated.
 */
export async function tellTyping(
  ctx: Ctx,
  input: { conversationId: string; isTyping: boolean; internal: boolean },
): Promise<void> {
  const { actor } = ctx;
  assertCan(actor, "answer conversations");
  if (actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can write as an agent.");
  const { id } = await inTx(ctx, (ctx) => findConversation(ctx, input.conversationId));
  ctx.events.broadcast({
    tenantId: ctx.tenantId,
    topic: typing.name,
    data: typing.schema.parse({
      conversationId: id,
      userId: actor.userId,
      name: actor.name,
      isTyping: input.isTyping,
      internal: input.internal,
    }),
  });
}

/** Tells the agents that the customer writes. */
export async function tellCustomerTyping(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  assertCustomer(ctx);
  const { id } = await inTx(ctx, (ctx) => findConversation(ctx, input.conversationId));
  ctx.events.broadcast({ tenantId: ctx.tenantId, topic: customerTyping.name, data: { conversationId: id } });
}

/** What a customer does in their own window is told by nobody else. */
export function assertCustomer({ actor }: Pick<Ctx, "actor">): void {
  if (actor.kind === "visitor") return;
  throw new AppError("FORBIDDEN", "Only the visitor's own page tells what they do.");
}
