import { and, asc, eq, sql } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { intentModels, intents } from "./intents.tables.ts";

export type IntentRow = typeof intents.$inferSelect;

/** A bot's intents, by name. */
export function intentsOf(ctx: TxCtx, botId: string): Promise<IntentRow[]> {
  return ctx.tx
    .select()
    .from(intents)
    .where(and(eq(intents.tenantId, ctx.tenantId), eq(intents.botId, botId)))
    .orderBy(asc(sql`lower(${intents.name})`));
}

/** One intent. Throws NOT_FOUND for another tenant's. */
export async function findIntent(ctx: TxCtx, id: string): Promise<IntentRow> {
  const [row] = await ctx.tx
    .select()
    .from(intents)
    .where(and(eq(intents.tenantId, ctx.tenantId), eq(intents.id, id)));
  if (!row) throw notFound("The intent");
  return row;
}

/** What is known of a bot's training, without the model itself. Undefined where nothing was ever taught. */
export async function trainingOf(ctx: TxCtx, botId: string) {
  const [row] = await ctx.tx
    .select({
      revision: intentModels.revision,
      trainedRevision: intentModels.trainedRevision,
      trainedAt: intentModels.trainedAt,
      accuracy: intentModels.accuracy,
      isLearnt: sql<boolean>`${intentModels.model} is not null`,
    })
    .from(intentModels)
    .where(and(eq(intentModels.tenantId, ctx.tenantId), eq(intentModels.botId, botId)));
  return row;
}

/** The model as it is kept; null where too little was taught. */
export async function modelBytesOf(ctx: TxCtx, botId: string): Promise<Buffer | null> {
  const [row] = await ctx.tx
    .select({ model: intentModels.model })
    .from(intentModels)
    .where(and(eq(intentModels.tenantId, ctx.tenantId), eq(intentModels.botId, botId)));
  return row?.model ?? null;
}

/** Notes that what was taught is other than what was learnt. The row's lock makes changes of one bot wait for each other. */
export async function raiseRevision(ctx: TxCtx, botId: string): Promise<void> {
  await ctx.tx
    .insert(intentModels)
    .values({ tenantId: ctx.tenantId, botId, revision: 1 })
    .onConflictDoUpdate({
      target: [intentModels.tenantId, intentModels.botId],
      set: { revision: sql`${intentModels.revision} + 1` },
    });
}

/** Keeps what was learnt of `revision`, unless a later one was learnt meanwhile. */
export async function keepModel(
  ctx: TxCtx,
  botId: string,
  learnt: { revision: number; accuracy: number | null; model: Buffer | null },
): Promise<void> {
  await ctx.tx
    .update(intentModels)
    .set({
      trainedRevision: learnt.revision,
      trainedAt: ctx.now(),
      accuracy: learnt.accuracy,
      model: learnt.model,
    })
    .where(
      and(
        eq(intentModels.tenantId, ctx.tenantId),
        eq(intentModels.botId, botId),
        sql`coalesce(${intentModels.trainedRevision}, 0) < ${learnt.revision}`,
      ),
    );
}
