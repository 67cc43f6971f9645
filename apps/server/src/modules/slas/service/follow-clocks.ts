import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import * as queries from "../clocks.queries.ts";
import { countClocks } from "./count-clocks.ts";

/** Something happened in a conversation. Of one that is gone nothing is counted. */
export async function followClocks(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.lockConversation(ctx, input.conversationId, { wait: true });
    if (conversation) await countClocks(ctx, conversation);
  });
}

/** Conversations that are looked for at a time. */
const batch = 100;

/**
 * Tells of every clock of the tenant that has something to say. Each conversation is a transaction of its own; one that
 * another process has locked is left to it, or to the next sweep.
 */
export async function sweepClocks(ctx: Ctx): Promise<void> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const due = await inTx(ctx, (ctx) => queries.dueConversations(ctx, { after, limit: batch }));
    for (const id of due) {
      await inTx(ctx, async (ctx) => {
        const conversation = await queries.lockConversation(ctx, id, { wait: false });
        if (conversation) await countClocks(ctx, conversation);
      });
    }
    const last = due.at(-1);
    if (!last || due.length < batch) return;
    after = last;
  }
}
