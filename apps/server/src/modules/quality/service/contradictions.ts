import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { bots } from "../../bots/bots.tables.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { documents } from "../../knowledge/knowledge.tables.ts";
import type { contradictionsInputSchema, ListedContradiction } from "../quality.schema.ts";
import { contradictions } from "../quality.tables.ts";

/**
 * Passages that contradict each other, the latest met first. Pairs of which a document was deleted or replaced
 * are left out: what they said is not said any more.
 */
export async function listContradictions(
  ctx: Ctx,
  { botId, status, page, pageSize }: z.infer<typeof contradictionsInputSchema>,
): Promise<{ items: ListedContradiction[]; total: number }> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    if (botId) await findBot(ctx, botId);
    const where = and(
      eq(contradictions.tenantId, ctx.tenantId),
      eq(contradictions.status, status),
      botId ? eq(contradictions.botId, botId) : undefined,
      stillSaid(ctx, "first_place"),
      stillSaid(ctx, "second_place"),
    );
    const [counted] = await ctx.tx.select({ total: count() }).from(contradictions).where(where);
    const rows = await ctx.tx
      .select({ row: contradictions, botName: bots.name })
      .from(contradictions)
      .innerJoin(bots, and(eq(bots.tenantId, contradictions.tenantId), eq(bots.id, contradictions.botId)))
      .where(where)
      .orderBy(desc(contradictions.lastSeenAt), desc(contradictions.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return {
      items: rows.map(({ row, botName }) => ({
        id: row.id,
        kind: row.kind,
        reason: row.reason,
        first: row.first,
        second: row.second,
        bot: { id: row.botId, name: botName },
        status: row.status,
        occurrences: row.occurrences,
        lastAnswerId: row.lastAnswerId,
        firstSeenAt: row.createdAt,
        lastSeenAt: row.lastSeenAt,
      })),
      total: counted?.total ?? 0,
    };
  });
}

/** The passage's version is its document's current one. */
function stillSaid(ctx: TxCtx, side: "first_place" | "second_place") {
  const place = sql`${contradictions}.${sql.identifier(side)}`;
  return inArray(
    sql`(${place} ->> 'documentId')::uuid`,
    ctx.tx
      .select({ id: documents.id })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, ctx.tenantId),
          sql`${documents.currentVersion} = (${place} ->> 'version')::int`,
        ),
      ),
  );
}

/** Dismisses a pair that is no contradiction, or puts it back. Met again it stays dismissed. */
export async function dismissContradiction(
  ctx: Ctx,
  input: { contradictionId: string; dismissed: boolean },
): Promise<void> {
  assertCan(ctx.actor, "manage knowledge");
  await inTx(ctx, async (ctx) => {
    const isThis = and(
      eq(contradictions.tenantId, ctx.tenantId),
      eq(contradictions.id, input.contradictionId),
    );
    const [row] = await ctx.tx.select().from(contradictions).where(isThis).for("update");
    if (!row) throw notFound("The contradiction");
    const status = input.dismissed ? ("dismissed" as const) : ("open" as const);
    if (row.status === status) return;
    await ctx.tx.update(contradictions).set({ status }).where(isThis);
    await recordAudit(ctx, {
      action: input.dismissed ? "contradiction.dismissed" : "contradiction.reopened",
      subjectType: "contradiction",
      subjectId: row.id,
      before: { status: row.status },
      after: { status },
    });
  });
}
