import { and, count, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { TxCtx } from "../../ports/index.ts";
import { answers } from "../answers/answers.tables.ts";
import { type AnswerScope, answersWithin } from "../answers/index.ts";
import type { CragFigures, Listed, ListInput } from "./crag.schema.ts";
import { cragEvaluations } from "./crag.tables.ts";

function evaluationsWithin(ctx: TxCtx, { botId, from, to }: AnswerScope): SQL | undefined {
  return and(
    eq(cragEvaluations.tenantId, ctx.tenantId),
    gte(cragEvaluations.createdAt, from),
    lt(cragEvaluations.createdAt, to),
    botId === null ? undefined : eq(cragEvaluations.botId, botId),
  );
}

/** A page of evaluations and of answers' grades, the newest first. Each side gives no more than the page can show. */
export async function listGrades(
  ctx: TxCtx,
  scope: AnswerScope,
  { page, pageSize, verdict, origin }: Pick<ListInput, "page" | "pageSize" | "verdict" | "origin">,
): Promise<{ items: Listed[]; total: number }> {
  const reach = page * pageSize;
  const ofEvaluations = and(
    evaluationsWithin(ctx, scope),
    verdict ? eq(cragEvaluations.verdict, verdict) : undefined,
    origin === "answer" ? sql`false` : undefined,
  );
  const ofAnswers = and(
    answersWithin(ctx, scope),
    verdict ? eq(answers.verdict, verdict) : undefined,
    origin === "evaluation" ? sql`false` : undefined,
  );
  const evaluated = ctx.tx
    .select({
      id: cragEvaluations.id,
      origin: sql<"evaluation" | "answer">`'evaluation'`.as("origin"),
      botId: cragEvaluations.botId,
      question: cragEvaluations.question,
      verdict: cragEvaluations.verdict,
      confidence: cragEvaluations.confidence,
      refinement: sql<Listed["refinement"]>`${cragEvaluations.refinement}`.as("refinement"),
      rating: sql<Listed["rating"]>`null::text`.as("rating"),
      ms: sql<number | null>`${cragEvaluations.ms}`.as("ms"),
      createdAt: cragEvaluations.createdAt,
    })
    .from(cragEvaluations)
    .where(ofEvaluations)
    .orderBy(desc(cragEvaluations.createdAt), desc(cragEvaluations.id))
    .limit(reach);
  const answered = ctx.tx
    .select({
      id: answers.id,
      origin: sql<"evaluation" | "answer">`'answer'`.as("origin"),
      botId: sql<string | null>`${answers.botId}`.as("bot_id"),
      question: answers.question,
      verdict: answers.verdict,
      confidence: answers.confidence,
      refinement: sql<Listed["refinement"]>`${answers.refinement}`.as("refinement"),
      rating: sql<Listed["rating"]>`${answers.rating}`.as("rating"),
      ms: sql<number | null>`${answers.evidenceMs}`.as("ms"),
      createdAt: answers.createdAt,
    })
    .from(answers)
    .where(ofAnswers)
    .orderBy(desc(answers.createdAt), desc(answers.id))
    .limit(reach);
  const items = await unionAll(evaluated, answered)
    .orderBy(sql`created_at desc, id desc`)
    .limit(pageSize)
    .offset(reach - pageSize);
  const [evaluations] = await ctx.tx.select({ n: count() }).from(cragEvaluations).where(ofEvaluations);
  const [ofBots] = await ctx.tx.select({ n: count() }).from(answers).where(ofAnswers);
  return { items, total: (evaluations?.n ?? 0) + (ofBots?.n ?? 0) };
}

/** The figures of answers' grades. */
export async function figuresOfAnswers(ctx: TxCtx, scope: AnswerScope): Promise<CragFigures> {
  const [row] = await ctx.tx
    .select(sumsOf(answers.verdict, answers.refinement, answers.evidenceMs))
    .from(answers)
    .where(answersWithin(ctx, scope));
  return toFigures(row);
}

/** The figures of evaluations. */
export async function figuresOfEvaluations(ctx: TxCtx, scope: AnswerScope): Promise<CragFigures> {
  const [row] = await ctx.tx
    .select(sumsOf(cragEvaluations.verdict, cragEvaluations.refinement, cragEvaluations.ms))
    .from(cragEvaluations)
    .where(evaluationsWithin(ctx, scope));
  return toFigures(row);
}

/** Answers by tenth of their confidence, with their ratings; tenths without an answer are absent. */
export async function ratingsByConfidence(ctx: TxCtx, scope: AnswerScope) {
  const tenth = sql<number>`least(9, floor(${answers.confidence} * 10))::int`;
  return ctx.tx
    .select({
      tenth,
      answers: count(),
      up: countWhere(sql`${answers.rating} = 'up'`),
      down: countWhere(sql`${answers.rating} = 'down'`),
    })
    .from(answers)
    .where(answersWithin(ctx, scope))
    .groupBy(tenth);
}

function countWhere(condition: SQL): SQL<number> {
  return sql<number>`(count(*) filter (where ${condition}))::int`;
}

function sumsOf(verdict: SQL.Aliased | object, refinement: object, ms: object) {
  return {
    total: count(),
    correct: countWhere(sql`${verdict} = 'correct'`),
    ambiguous: countWhere(sql`${verdict} = 'ambiguous'`),
    incorrect: countWhere(sql`${verdict} = 'incorrect'`),
    /** Answers from before it was kept count for no rate. */
    known: countWhere(sql`${refinement} is not null`),
    refined: countWhere(sql`${refinement} in ('helped', 'no_help')`),
    helped: countWhere(sql`${refinement} = 'helped'`),
    times: sql<number[] | null>`percentile_disc(array[0.5, 0.95]) within group (order by ${ms})`,
  };
}

interface Sums {
  total: number;
  correct: number;
  ambiguous: number;
  incorrect: number;
  known: number;
  refined: number;
  helped: number;
  times: number[] | null;
}

function toFigures(row: Sums | undefined): CragFigures {
  if (!row) throw new Error("An aggregate gave no row.");
  const { total, correct, ambiguous, incorrect, known, refined, helped, times } = row;
  const [msP50 = null, msP95 = null] = times ?? [];
  return {
    total,
    verdicts: { correct, ambiguous, incorrect },
    refined,
    refineRate: known === 0 ? null : refined / known,
    helped,
    helpRate: refined === 0 ? null : helped / refined,
    msP50,
    msP95,
  };
}
