import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import { steady } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { handoffBriefs, labelExamples, labelModels } from "./assist.tables.ts";
import type { LabelKind } from "./label-kinds.ts";

export type ExampleRow = typeof labelExamples.$inferSelect;
export type BriefRow = typeof handoffBriefs.$inferSelect;

const ofKind = (ctx: TxCtx, kind: LabelKind) =>
  and(eq(labelExamples.tenantId, ctx.tenantId), eq(labelExamples.kind, kind));

/** A page of the examples of a kind, the latest first, and how many there are. */
export async function pageOfExamples(
  ctx: TxCtx,
  input: { kind: LabelKind; label?: string | undefined; page: number; pageSize: number },
): Promise<{ rows: ExampleRow[]; total: number }> {
  const where = and(
    ofKind(ctx, input.kind),
    input.label === undefined ? undefined : eq(labelExamples.label, input.label),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(labelExamples).where(where);
  const rows = await ctx.tx
    .select()
    .from(labelExamples)
    .where(where)
    .orderBy(desc(labelExamples.createdAt), desc(labelExamples.id))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** All that is taught of a kind, in the order in which it was: at most `mostExamples`. */
export function examplesOf(ctx: TxCtx, kind: LabelKind) {
  return ctx.tx
    .select({ intent: labelExamples.label, text: labelExamples.text })
    .from(labelExamples)
    .where(ofKind(ctx, kind))
    .orderBy(asc(labelExamples.createdAt), asc(labelExamples.id));
}

/** The labels that are taught, with the number of examples of each. */
export function taughtLabels(ctx: TxCtx, kind: LabelKind): Promise<{ label: string; examples: number }[]> {
  return ctx.tx
    .select({ label: labelExamples.label, examples: count() })
    .from(labelExamples)
    .where(ofKind(ctx, kind))
    .groupBy(labelExamples.label)
    .orderBy(asc(labelExamples.label));
}

/** One example. Throws NOT_FOUND for another tenant's. */
export async function findExample(ctx: TxCtx, id: string): Promise<ExampleRow> {
  const [row] = await ctx.tx
    .select()
    .from(labelExamples)
    .where(and(eq(labelExamples.tenantId, ctx.tenantId), eq(labelExamples.id, id)));
  if (!row) throw notFound("The example");
  return row;
}

const modelOf = (ctx: TxCtx, kind: LabelKind) =>
  and(eq(labelModels.tenantId, ctx.tenantId), eq(labelModels.kind, kind));

/** What is known of the training of each kind that was ever taught, without the models themselves. */
export function trainings(ctx: TxCtx) {
  return ctx.tx
    .select({
      kind: labelModels.kind,
      revision: labelModels.revision,
      trainedRevision: labelModels.trainedRevision,
      trainedAt: labelModels.trainedAt,
      accuracy: labelModels.accuracy,
      isLearnt: sql<boolean>`${labelModels.model} is not null`,
    })
    .from(labelModels)
    .where(eq(labelModels.tenantId, ctx.tenantId))
    .prepare(steady)
    .execute();
}

export async function modelBytesOf(ctx: TxCtx, kind: LabelKind): Promise<Buffer | null> {
  const [row] = await ctx.tx.select({ model: labelModels.model }).from(labelModels).where(modelOf(ctx, kind));
  return row?.model ?? null;
}

/** Notes that what is taught is other than what was learnt; whoever changes the same kind waits here. */
export async function raiseRevision(ctx: TxCtx, kind: LabelKind): Promise<void> {
  await ctx.tx
    .insert(labelModels)
    .values({ tenantId: ctx.tenantId, kind, revision: 1 })
    .onConflictDoUpdate({
      target: [labelModels.tenantId, labelModels.kind],
      set: { revision: sql`${labelModels.revision} + 1` },
    });
}

/** Keeps what was learnt of `revision`, unless a later one was learnt meanwhile. */
export async function keepModel(
  ctx: TxCtx,
  kind: LabelKind,
  learnt: { revision: number; accuracy: number | null; model: Buffer | null },
): Promise<void> {
  await ctx.tx
    .update(labelModels)
    .set({
      trainedRevision: learnt.revision,
      trainedAt: ctx.now(),
      accuracy: learnt.accuracy,
      model: learnt.model,
    })
    .where(and(modelOf(ctx, kind), sql`coalesce(${labelModels.trainedRevision}, 0) < ${learnt.revision}`));
}

/** The brief of a conversation, for whoever was allowed to read the conversation. */
export async function findBrief(ctx: TxCtx, conversationId: string): Promise<BriefRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(handoffBriefs)
    .where(and(eq(handoffBriefs.tenantId, ctx.tenantId), eq(handoffBriefs.conversationId, conversationId)));
  return row ?? null;
}
