import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import type { QueueItem } from "../routing.schema.ts";
import { assignNext, type Next, type NextInput } from "./assign-next.ts";
import { queueItem } from "./queue.ts";

/** `assignNext`, with what was given as a queue shows it. */
export async function takeNext(
  ctx: Ctx,
  input: NextInput,
): Promise<Omit<Next, "conversationId"> & { conversation: QueueItem | null }> {
  return inTx(ctx, async (ctx) => {
    const { conversationId, ...next } = await assignNext(ctx, input);
    return { ...next, conversation: conversationId === null ? null : await queueItem(ctx, conversationId) };
  });
}
