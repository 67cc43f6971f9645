import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { decodeCursor, encodeCursor } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findConversation } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import { firingsBefore } from "../automation.queries.ts";
import type { firingsInputSchema, firingsSchema } from "../automation.schema.ts";

/** What rules did in a conversation, what they saw and why they did not do more; the newest first. */
export async function firingsOf(
  ctx: Ctx,
  input: z.output<typeof firingsInputSchema>,
): Promise<z.output<typeof firingsSchema>> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    const { id: conversationId } = await findConversation(ctx, input.conversationId);
    const before = input.cursor ? decodeCursor(input.cursor) : null;
    const rows = await firingsBefore(ctx, { conversationId, before, limit: input.limit + 1 });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
        id: row.id,
        rule: { id: row.ruleId, name: row.ruleName, version: row.ruleVersion },
        triggerEvent: row.triggerEvent,
        outcome: row.outcome,
        chain: row.chain,
        conditions: row.conditions,
        actions: row.actions,
        createdAt: row.createdAt,
      })),
      nextCursor:
        rows.length > page.length && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
    };
  });
}
