import { and, asc, count, desc, eq, ilike, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { containing } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { EvaluationCase, EvaluationRun, listCasesSchema } from "./evaluations.schema.ts";
import { evaluationCases, evaluationResults, evaluationRuns } from "./evaluations.tables.ts";

export type CaseRow = typeof evaluationCases.$inferSelect;
export type RunRow = typeof evaluationRuns.$inferSelect;
export type ResultRow = typeof evaluationResults.$inferSelect;

export async function findCase(ctx: TxCtx, id: string): Promise<CaseRow> {
  const [row] = await ctx.tx
    .select()
    .from(evaluationCases)
    .where(and(eq(evaluationCases.tenantId, ctx.tenantId), eq(evaluationCases.id, id)));
  if (!row) throw notFound("The case");
  return row;
}

/** A page of a bot's cases, the newest first, and how many there are on all pages. */
export async function pageOfCases(ctx: TxCtx, input: z.infer<typeof listCasesSchema>) {
  const { search, expects, origin, isEnabled, page, pageSize } = input;
  const where = and(
    ofBot(ctx, input.botId),
    search ? ilike(evaluationCases.question, containing(search)) : undefined,
    expects ? eq(evaluationCases.expects, expects) : undefined,
    origin ? eq(evaluationCases.origin, origin) : undefined,
    isEnabled === undefined ? undefined : eq(evaluationCases.isEnabled, isEnabled),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(evaluationCases).where(where);
  const rows = await ctx.tx
    .select()
    .from(evaluationCases)
    .where(where)
    .orderBy(desc(evaluationCases.createdAt), desc(evaluationCases.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function casesBy(ctx: TxCtx, botId: string, where: SQL): Promise<{ id: string }[]> {
  return ctx.tx
    .select({ id: evaluationCases.id })
    .from(evaluationCases)
    .where(and(ofBot(ctx, botId), where));
}

export async function countCases(ctx: TxCtx, botId: string): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(evaluationCases).where(ofBot(ctx, botId));
  return row?.n ?? 0;
}

/** All that a whole run asks, or those that were chosen; oldest first. */
export async function casesToRun(ctx: TxCtx, botId: string, ids: string[] | undefined): Promise<CaseRow[]> {
  const chosen = ids ? inArray(evaluationCases.id, ids) : eq(evaluationCases.isEnabled, true);
  return ctx.tx
    .select()
    .from(evaluationCases)
    .where(and(ofBot(ctx, botId), chosen))
    .orderBy(asc(evaluationCases.createdAt), asc(evaluationCases.id));
}

function ofBot(ctx: TxCtx, botId: string): SQL | undefined {
  return and(eq(evaluationCases.tenantId, ctx.tenantId), eq(evaluationCases.botId, botId));
}

export async function findRun(ctx: TxCtx, id: string, options: { lock?: boolean } = {}): Promise<RunRow> {
  const query = ctx.tx.select().from(evaluationRuns).where(thisRun(ctx, id));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The run");
  return row;
}

export function thisRun(ctx: TxCtx, id: string): SQL | undefined {
  return and(eq(evaluationRuns.tenantId, ctx.tenantId), eq(evaluationRuns.id, id));
}

/** A page of a bot's runs over cases, the newest first. */
export async function pageOfRuns(ctx: TxCtx, input: { botId: string; page: number; pageSize: number }) {
  const where = and(
    eq(evaluationRuns.tenantId, ctx.tenantId),
    eq(evaluationRuns.botId, input.botId),
    eq(evaluationRuns.kind, "cases"),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(evaluationRuns).where(where);
  const rows = await ctx.tx
    .select()
    .from(evaluationRuns)
    .where(where)
    .orderBy(desc(evaluationRuns.createdAt), desc(evaluationRuns.id))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function countActiveRuns(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(evaluationRuns)
    .where(
      and(eq(evaluationRuns.tenantId, ctx.tenantId), inArray(evaluationRuns.status, ["queued", "running"])),
    );
  return row?.n ?? 0;
}

/** Questions of the run that were not asked yet, in their order. */
export async function pendingResults(ctx: TxCtx, runId: string, limit: number): Promise<ResultRow[]> {
  return ctx.tx
    .select()
    .from(evaluationResults)
    .where(and(ofRun(ctx, runId), isNull(evaluationResults.passed)))
    .orderBy(asc(evaluationResults.position))
    .limit(limit);
}

/** Everything that was asked. A run holds no more than a bot may have cases. */
export async function answeredResults(ctx: TxCtx, runId: string): Promise<ResultRow[]> {
  return ctx.tx
    .select()
    .from(evaluationResults)
    .where(and(ofRun(ctx, runId), isNotNull(evaluationResults.passed)))
    .orderBy(asc(evaluationResults.position));
}

export async function pageOfResults(
  ctx: TxCtx,
  input: { runId: string; page: number; pageSize: number; passed?: boolean | undefined },
) {
  const where = and(
    ofRun(ctx, input.runId),
    input.passed === undefined ? undefined : eq(evaluationResults.passed, input.passed),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(evaluationResults).where(where);
  const rows = await ctx.tx
    .select()
    .from(evaluationResults)
    .where(where)
    .orderBy(asc(evaluationResults.position))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function findResult(ctx: TxCtx, runId: string, itemId: string): Promise<ResultRow> {
  const [row] = await ctx.tx
    .select()
    .from(evaluationResults)
    .where(and(ofRun(ctx, runId), eq(evaluationResults.itemId, itemId)));
  if (!row) throw notFound("The result");
  return row;
}

export function ofRun(ctx: TxCtx, runId: string): SQL | undefined {
  return and(eq(evaluationResults.tenantId, ctx.tenantId), eq(evaluationResults.runId, runId));
}

export function toCase({ tenantId: _t, questionHash: _h, createdBy: _c, ...row }: CaseRow): EvaluationCase {
  return row;
}

export function toRun({
  tenantId: _t,
  prompt: _p,
  summary: _s,
  startedBy: _b,
  botSettingsSha256: _d,
  ...row
}: RunRow): EvaluationRun {
  return row;
}

/** Without what only the server needs. */
export function toResult({ tenantId: _t, runId: _r, formerAnswerId: _f, answeredAt: _a, ...row }: ResultRow) {
  return row;
}
