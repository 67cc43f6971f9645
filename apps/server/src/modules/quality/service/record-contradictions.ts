import { sql } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type Contradiction, findAnswer } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { contradictions } from "../quality.tables.ts";

/**
 * Lists what contradicts the sources of an answer; a pair that is listed is counted, also one that was dismissed,
 * which stays so. The same answer again counts nothing.
 */
export async function recordContradictions(ctx: Ctx, { answerId }: { answerId: string }): Promise<void> {
  try {
    await inTx(ctx, async (ctx) => {
      const { botId, trace } = await findAnswer(ctx, answerId);
      await findBot(ctx, botId);
      for (const found of trace.contradictions ?? []) await record(ctx, botId, answerId, found);
    });
  } catch (error) {
    // its conversation or its bot was deleted meanwhile: nobody asks any more
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
  }
}

async function record(ctx: TxCtx, botId: string, answerId: string, found: Contradiction): Promise<void> {
  const { kind, reason, first, second } = found;
  const isSameAnswer = sql`${contradictions.lastAnswerId} = ${answerId}`;
  await ctx.tx
    .insert(contradictions)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      botId,
      pairHash: pairHash(found),
      kind,
      reason,
      first,
      second,
      lastAnswerId: answerId,
      createdAt: ctx.now(),
      lastSeenAt: ctx.now(),
    })
    .onConflictDoUpdate({
      target: [contradictions.tenantId, contradictions.botId, contradictions.pairHash],
      set: {
        reason,
        first,
        second,
        occurrences: sql`${contradictions.occurrences} + case when ${isSameAnswer} then 0 else 1 end`,
        lastAnswerId: answerId,
        lastSeenAt: ctx.now(),
      },
    });
}

function pairHash({ first, second }: Contradiction): string {
  const sides = [first, second].map(({ documentId, quote }) => `${documentId} ${quote}`);
  return sha256Hex(sides.sort().join("\n"));
}
