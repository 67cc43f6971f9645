import { and, eq } from "drizzle-orm";
import { steady } from "../../../platform/db/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { messages } from "../conversations.tables.ts";

/** Notes what was told of a message; its words and its place stay. The caller holds the conversation's lock. */
export async function annotateMessage(
  ctx: TxCtx,
  messageId: string,
  annotations: Record<string, unknown>,
): Promise<void> {
  await ctx.tx
    .update(messages)
    .set({ annotations })
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, messageId)))
    .prepare(steady)
    .execute();
}
