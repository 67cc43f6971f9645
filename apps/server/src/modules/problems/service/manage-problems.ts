import { and, count, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertMayMove, isUnsettled, type ProblemStatus } from "../problem-state.ts";
import { findProblem, type ProblemRow } from "../problems.queries.ts";
import type { Problem } from "../problems.schema.ts";
import { problemArticles, problemQuestions, problems, problemTests } from "../problems.tables.ts";
import { describeProblems } from "./describe-problems.ts";
import { recount } from "./recount.ts";

/** Moves a problem to another state, or throws ILLEGAL_TRANSITION, which names both. */
export async function updateProblemStatus(
  ctx: Ctx,
  { id, status }: { id: string; status: ProblemStatus },
): Promise<Problem> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    const before = await findProblem(ctx, id, { lock: true });
    assertMayMove(before.status, status);
    await moveProblem(ctx, before, status, "person");
    return readProblem(ctx, id);
  });
}

/** Moves a locked problem, says in the audit log that it did, and tells who watches. */
export async function moveProblem(
  ctx: TxCtx,
  before: ProblemRow,
  status: ProblemStatus,
  by: "person" | "evidence",
): Promise<void> {
  const isResolved = status === "resolved";
  await ctx.tx
    .update(problems)
    .set({
      status,
      resolvedAt: isResolved ? ctx.now() : null,
      resolvedBy: isResolved ? by : null,
      reopenedAt: null,
    })
    .where(thisProblem(ctx, before.id));
  await recordAudit(ctx, {
    action: `problem.${status}`,
    subjectType: "problem",
    subjectId: before.id,
    before: { status: before.status },
    after: { status, by },
  });
  await recount(ctx, before.id);
}

/**
 * Makes one problem of two of the same bot. All its questions are placed by a person from now on: no reclustering parts
 * them. Articles and tests come along. What is open, merged into what is settled, opens that.
 */
export async function mergeProblems(
  ctx: Ctx,
  { id, intoId }: { id: string; intoId: string },
): Promise<Problem> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    const { botId } = await findProblem(ctx, intoId);
    await findProblem(ctx, id);
    await findBot(ctx, botId, { lock: true }); // nothing is placed meanwhile
    const into = await findProblem(ctx, intoId, { lock: true });
    const gone = await findProblem(ctx, id, { lock: true });
    if (gone.id === into.id) {
      throw new AppError("VALIDATION_ERROR", "A problem cannot be merged into itself. Name two problems.");
    }
    if (gone.botId !== into.botId) {
      throw new AppError("VALIDATION_ERROR", "These problems are of two bots. Merge problems of one bot.");
    }
    await ctx.tx
      .update(problemQuestions)
      .set({ problemId: into.id, isPlaced: true })
      .where(
        and(
          eq(problemQuestions.tenantId, ctx.tenantId),
          inArray(problemQuestions.problemId, [gone.id, into.id]),
        ),
      );
    for (const table of [problemArticles, problemTests]) {
      await ctx.tx
        .update(table)
        .set({ problemId: into.id })
        .where(and(eq(table.tenantId, ctx.tenantId), eq(table.problemId, gone.id)));
    }
    await ctx.tx.delete(problems).where(thisProblem(ctx, gone.id));
    await recordAudit(ctx, {
      action: "problem.merged",
      subjectType: "problem",
      subjectId: into.id,
      before: { id: gone.id, question: gone.question, status: gone.status },
      after: { id: into.id, question: into.question },
    });
    if (isUnsettled(gone.status) && !isUnsettled(into.status)) {
      await moveProblem(ctx, into, "open", "person");
    } else await recount(ctx, into.id);
    return readProblem(ctx, into.id);
  });
}

/** Takes questions out of a problem into one of their own, where no reclustering brings them together again. */
export async function splitProblem(
  ctx: Ctx,
  { id, questionIds }: { id: string; questionIds: string[] },
): Promise<Problem> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    const { botId } = await findProblem(ctx, id);
    await findBot(ctx, botId, { lock: true });
    const problem = await findProblem(ctx, id, { lock: true });
    const ofProblem = and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.problemId, id));
    const chosen = and(ofProblem, inArray(problemQuestions.id, questionIds));
    const [first, ...rest] = await ctx.tx.select().from(problemQuestions).where(chosen);
    if (!first || rest.length + 1 !== new Set(questionIds).size) throw notFound("A question of the problem");
    const [all] = await ctx.tx.select({ n: count() }).from(problemQuestions).where(ofProblem);
    if (all?.n === rest.length + 1) {
      throw new AppError("VALIDATION_ERROR", "At least one question must stay in the problem. Choose fewer.");
    }
    const newProblemId = newId();
    await ctx.tx.insert(problems).values({
      tenantId: ctx.tenantId,
      id: newProblemId,
      botId: problem.botId,
      question: first.question,
      status: "open",
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    });
    await ctx.tx.update(problemQuestions).set({ isPlaced: true }).where(ofProblem);
    await ctx.tx.update(problemQuestions).set({ problemId: newProblemId }).where(chosen);
    await recordAudit(ctx, {
      action: "problem.split",
      subjectType: "problem",
      subjectId: id,
      after: { problemId: newProblemId, questions: rest.length + 1 },
    });
    await recount(ctx, id);
    await recount(ctx, newProblemId);
    return readProblem(ctx, newProblemId);
  });
}

function thisProblem(ctx: TxCtx, id: string) {
  return and(eq(problems.tenantId, ctx.tenantId), eq(problems.id, id));
}

async function readProblem(ctx: TxCtx, id: string): Promise<Problem> {
  const [problem] = await describeProblems(ctx, [await findProblem(ctx, id)]);
  if (!problem) throw new Error("A problem that was found is described.");
  return problem;
}
