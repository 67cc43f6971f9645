import { and, asc, count, desc, eq, exists, ilike, or, type SQL, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { containing } from "../../../platform/db/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { judgedAnswers } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { ProblemStatus } from "../problem-state.ts";
import { problemChanged } from "../problems.events.ts";
import { findProblem, questionsOf } from "../problems.queries.ts";
import type { ListProblems, Problem, ProblemDetail } from "../problems.schema.ts";
import { occurrenceKinds, problemOccurrences, problemQuestions, problems } from "../problems.tables.ts";
import { describeProblems } from "./describe-problems.ts";
import { articlesOf } from "./read-articles.ts";
import { testsOf } from "./read-tests.ts";

/** A page of the tenant's problems, how many fit, and how many are in each state with the other filters kept. */
export async function listProblems(
  ctx: Ctx,
  input: ListProblems,
): Promise<{ items: Problem[]; total: number; counts: Record<ProblemStatus, number> }> {
  assertCan(ctx.actor, "read problems");
  return inTx(ctx, async (ctx) => {
    if (input.botId) await findBot(ctx, input.botId); // another's is not found
    const where = fitting(ctx, input);
    const states = await ctx.tx
      .select({ status: problems.status, n: count() })
      .from(problems)
      .where(where)
      .groupBy(problems.status);
    const counts = { open: 0, in_progress: 0, resolved: 0, ignored: 0 };
    for (const { status, n } of states) counts[status] = n;
    const total = input.status
      ? counts[input.status]
      : counts.open + counts.in_progress + counts.resolved + counts.ignored;
    const rows = await ctx.tx
      .select()
      .from(problems)
      .where(and(where, input.status ? eq(problems.status, input.status) : undefined))
      .orderBy(...orderOf(input))
      .limit(input.pageSize)
      .offset((input.page - 1) * input.pageSize);
    return { items: await describeProblems(ctx, rows), total, counts };
  });
}

function fitting(ctx: TxCtx, { botId, search }: ListProblems): SQL | undefined {
  const pattern = search ? containing(search) : null;
  const ofProblem = and(
    eq(problemQuestions.tenantId, problems.tenantId),
    eq(problemQuestions.problemId, problems.id),
  );
  return and(
    eq(problems.tenantId, ctx.tenantId),
    botId ? eq(problems.botId, botId) : undefined,
    pattern
      ? or(
          ilike(problems.question, pattern),
          exists(
            ctx.tx
              .select()
              .from(problemQuestions)
              .where(and(ofProblem, ilike(problemQuestions.question, pattern))),
          ),
        )
      : undefined,
  );
}

/** Ends in the id, so that no problem is on two pages. */
function orderOf({ sort, direction }: ListProblems): SQL[] {
  const order = direction === "asc" ? asc : desc;
  const seen = sql`coalesce(${problems.lastSeenAt}, ${problems.updatedAt})`;
  if (sort === "createdAt") return [order(problems.createdAt), order(problems.id)];
  if (sort === "lastSeenAt") return [order(seen), order(problems.id)];
  return [order(problems.occurrences), order(seen), order(problems.id)];
}

/** Most of what a detail shows. */
const most = { questions: 100, answers: 50, articles: 20, tests: 10 };

/** A problem with its questions, the answers that were no good and where they were given, its articles and tests. */
export async function getProblem(ctx: Ctx, { id }: { id: string }): Promise<ProblemDetail> {
  assertCan(ctx.actor, "read problems");
  return inTx(ctx, async (ctx) => {
    const row = await findProblem(ctx, id);
    const [problem] = await describeProblems(ctx, [row]);
    if (!problem) throw new Error("A problem that was found is described.");
    const questions = await questionsOf(ctx, id, most.questions);
    return {
      ...problem,
      questions: questions.map(({ kinds, ...question }) => ({ ...question, kinds: knownKinds(kinds) })),
      answers: await answersOf(ctx, id),
      articles: await articlesOf(ctx, id, most.articles),
      tests: await testsOf(ctx, id, most.tests),
    };
  });
}

function knownKinds(kinds: readonly string[]) {
  return occurrenceKinds.filter((kind) => kinds.includes(kind));
}

async function answersOf(ctx: TxCtx, problemId: string): Promise<ProblemDetail["answers"]> {
  const rows = await ctx.tx
    .select({
      answerId: problemOccurrences.answerId,
      conversationId: problemOccurrences.conversationId,
      questionId: problemOccurrences.questionId,
      question: problemOccurrences.question,
      createdAt: problemOccurrences.createdAt,
      kinds: sql<string[]>`array_agg(${problemOccurrences.kind})`,
      comment: sql<string | null>`max(${problemOccurrences.comment})`,
    })
    .from(problemOccurrences)
    .innerJoin(
      problemQuestions,
      and(
        eq(problemQuestions.tenantId, problemOccurrences.tenantId),
        eq(problemQuestions.id, problemOccurrences.questionId),
      ),
    )
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.problemId, problemId)))
    .groupBy(
      problemOccurrences.answerId,
      problemOccurrences.conversationId,
      problemOccurrences.questionId,
      problemOccurrences.question,
      problemOccurrences.createdAt,
    )
    .orderBy(desc(problemOccurrences.createdAt), desc(problemOccurrences.answerId))
    .limit(most.answers);
  const given = await judgedAnswers(
    ctx,
    rows.map(({ answerId }) => answerId),
  );
  const byId = new Map(given.map((answer) => [answer.id, answer]));
  return rows.map(({ kinds, ...row }) => {
    const answer = byId.get(row.answerId);
    return {
      ...row,
      kinds: knownKinds(kinds),
      answer: answer
        ? {
            text: answer.text,
            mode: answer.mode,
            verdict: answer.verdict,
            confidence: answer.confidence,
          }
        : null,
    };
  });
}

/** Ids of problems that changed, live, until `signal` aborts. */
export async function* watchProblems(ctx: Ctx, signal: AbortSignal): AsyncGenerator<{ problemId: string }> {
  assertCan(ctx.actor, "read problems");
  for await (const { problemId } of notices(ctx.events, ctx.tenantId, problemChanged, signal)) {
    yield { problemId };
  }
}
