import { and, count, desc, eq, gte, isNotNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { TxCtx } from "../../ports/index.ts";
import type { ResultsInput } from "./results.schema.ts";
import { surveyInvitations, surveyResponses } from "./surveys.tables.ts";

type Wanted = Pick<ResultsInput, "surveyId" | "from" | "to" | "botId" | "agentId" | "channel">;

/** What is counted of some who were asked. */
export interface Sums {
  invited: number;
  answered: number;
  opened: number;
  dismissed: number;
  /** How many gave a score, and what it is together. */
  scored: number;
  sum: number;
  /** 4 and more; 9 and more; 6 and less. */
  satisfied: number;
  promoters: number;
  detractors: number;
}

const responded = and(
  eq(surveyResponses.tenantId, surveyInvitations.tenantId),
  eq(surveyResponses.invitationId, surveyInvitations.id),
);

function asked(ctx: TxCtx, { surveyId, from, to, botId, agentId, channel }: Wanted): SQL | undefined {
  return and(
    eq(surveyInvitations.tenantId, ctx.tenantId),
    eq(surveyInvitations.surveyId, surveyId),
    gte(surveyInvitations.sentAt, from),
    lt(surveyInvitations.sentAt, to),
    botId === undefined ? undefined : eq(surveyInvitations.botId, botId),
    agentId === undefined ? undefined : eq(surveyInvitations.agentId, agentId),
    channel === undefined ? undefined : eq(surveyInvitations.channel, channel),
  );
}

const scoresWhere = (condition: SQL) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number);

const sums = {
  invited: count(),
  answered: count(surveyInvitations.answeredAt),
  opened: count(surveyInvitations.openedAt),
  dismissed: count(surveyInvitations.dismissedAt),
  scored: count(surveyResponses.score),
  sum: sql<number>`coalesce(sum(${surveyResponses.score}), 0)`.mapWith(Number),
  satisfied: scoresWhere(sql`${surveyResponses.score} >= 4`),
  promoters: scoresWhere(sql`${surveyResponses.score} >= 9`),
  detractors: scoresWhere(sql`${surveyResponses.score} <= 6`),
};

/** All of them together. */
export async function totals(ctx: TxCtx, wanted: Wanted): Promise<Sums | undefined> {
  const [row] = await ctx.tx
    .select(sums)
    .from(surveyInvitations)
    .leftJoin(surveyResponses, responded)
    .where(asked(ctx, wanted));
  return row;
}

/** By the day on which they were asked (UTC), in order. */
export function byDay(ctx: TxCtx, wanted: Wanted): Promise<(Sums & { date: string })[]> {
  const date = sql<string>`to_char(${surveyInvitations.sentAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  return ctx.tx
    .select({ date, ...sums })
    .from(surveyInvitations)
    .leftJoin(surveyResponses, responded)
    .where(asked(ctx, wanted))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
}

/** By bot or by agent, those who asked the most first. */
export async function bySomebody(
  ctx: TxCtx,
  wanted: Wanted,
  whose: "botId" | "agentId",
): Promise<(Sums & { id: string })[]> {
  const column: AnyPgColumn = surveyInvitations[whose];
  const id = sql<string>`${column}`;
  return ctx.tx
    .select({ id, ...sums })
    .from(surveyInvitations)
    .leftJoin(surveyResponses, responded)
    .where(and(asked(ctx, wanted), isNotNull(column)))
    .groupBy(column)
    .orderBy(desc(count()), column)
    .limit(100);
}

/** How often each number was answered to each question; words are counted under null. */
export async function answerCounts(
  ctx: TxCtx,
  wanted: Wanted,
): Promise<{ key: string; value: number | null; count: number }[]> {
  const value = sql<
    number | null
  >`case when jsonb_typeof(answer.value) = 'number' then (answer.value #>> '{}')::int end`;
  return ctx.tx
    .select({ key: sql<string>`answer.key`, value, count: count() })
    .from(surveyInvitations)
    .innerJoin(surveyResponses, responded)
    .innerJoin(sql`jsonb_each(${surveyResponses.answers}) as answer(key, value)`, sql`true`)
    .where(asked(ctx, wanted))
    .groupBy(sql`1`, sql`2`)
    .orderBy(sql`1`, sql`2`);
}

/** What was written, the newest first. */
export async function pageOfComments(
  ctx: TxCtx,
  { page, pageSize, ...wanted }: Wanted & { page: number; pageSize: number },
) {
  const inWords = sql`exists (select 1 from jsonb_each(${surveyResponses.answers}) as answer(key, value)
    where jsonb_typeof(answer.value) = 'string')`;
  const where = and(asked(ctx, wanted), or(isNotNull(surveyResponses.comment), inWords));
  const [found] = await ctx.tx
    .select({ n: count() })
    .from(surveyInvitations)
    .innerJoin(surveyResponses, responded)
    .where(where);
  const rows = await ctx.tx
    .select({
      conversationId: surveyInvitations.conversationId,
      score: surveyResponses.score,
      comment: surveyResponses.comment,
      answers: surveyResponses.answers,
      createdAt: surveyResponses.createdAt,
    })
    .from(surveyInvitations)
    .innerJoin(surveyResponses, responded)
    .where(where)
    .orderBy(desc(surveyResponses.createdAt), desc(surveyResponses.invitationId))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: found?.n ?? 0 };
}
