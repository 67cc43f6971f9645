import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { problemChanged } from "../problems.events.ts";
import { retestQueue } from "../problems.jobs.ts";
import { findProblem, questionsOf } from "../problems.queries.ts";
import type { ProblemTest } from "../problems.schema.ts";
import { problemTests } from "../problems.tables.ts";
import { toTest } from "./read-tests.ts";

/** So many of a problem's questions, the most frequent, are asked again. */
export const mostTested = 20;

/** Asks a problem's questions again, now. Throws CONFLICT while that is being done already. */
export async function retestProblem(ctx: Ctx, { id }: { id: string }): Promise<ProblemTest> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    await findProblem(ctx, id, { lock: true });
    const [running] = await ctx.tx.select().from(problemTests).where(underWay(ctx, id)).limit(1);
    if (running) {
      throw new AppError(
        "CONFLICT",
        "This problem's questions are being asked already. Wait for the result.",
      );
    }
    return beginTest(ctx, { problemId: id, articleId: null });
  });
}

/** Writes the test down and queues it. A test that still waits is overtaken: the later one knows more. */
export async function beginTest(
  ctx: TxCtx,
  { problemId, articleId }: { problemId: string; articleId: string | null },
): Promise<ProblemTest> {
  const { botId } = await findProblem(ctx, problemId, { lock: true });
  await ctx.tx
    .update(problemTests)
    .set({ status: "failed", failure: "A later test took its place.", finishedAt: ctx.now() })
    .where(underWay(ctx, problemId));
  const questions = await questionsOf(ctx, problemId, mostTested);
  const [row] = await ctx.tx
    .insert(problemTests)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      problemId,
      articleId,
      status: "waiting",
      total: questions.length,
      results: [],
      requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      createdAt: ctx.now(),
    })
    .returning();
  if (!row) throw new Error("The test was not written.");
  await ctx.jobs.enqueue(retestQueue, { tenantId: ctx.tenantId, testId: row.id, waited: 0 });
  await recordAudit(ctx, {
    action: "problem.retested",
    subjectType: "problem",
    subjectId: problemId,
    after: { testId: row.id, articleId },
  });
  await emit(ctx, problemChanged, { problemId, botId });
  return toTest(row);
}

function underWay(ctx: TxCtx, problemId: string) {
  return and(
    eq(problemTests.tenantId, ctx.tenantId),
    eq(problemTests.problemId, problemId),
    inArray(problemTests.status, ["waiting", "running"]),
  );
}
