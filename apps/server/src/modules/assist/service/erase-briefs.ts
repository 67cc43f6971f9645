import { and, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { handoffBriefs } from "../assist.tables.ts";

/** Removes the briefs of these conversations: they retell what a person wrote who is erased. */
export async function eraseBriefs(ctx: TxCtx, conversationIds: string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  await ctx.tx
    .delete(handoffBriefs)
    .where(
      and(eq(handoffBriefs.tenantId, ctx.tenantId), inArray(handoffBriefs.conversationId, conversationIds)),
    );
}
