import { and, desc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { judgedAnswers, type TriedAnswer, tryAnswer } from "../../answers/index.ts";
import { listBotDocuments } from "../../bots/index.ts";
import { isUnsettled } from "../problem-state.ts";
import { problemChanged } from "../problems.events.ts";
import { retestQueue } from "../problems.jobs.ts";
import { findProblem, type ProblemRow, questionsOf } from "../problems.queries.ts";
import { problemArticles, problemOccurrences, problemTests } from "../problems.tables.ts";
import type { TestedQuestion } from "../problems.types.ts";
import { moveProblem } from "./manage-problems.ts";
import { mostTested } from "./retest.ts";

type TestRow = typeof problemTests.$inferSelect;
type Asked = Awaited<ReturnType<typeof questionsOf>>[number];

/** Seconds between two looks whether the article's document was read: doubled from 1 up to this. */
const longestPause = 30;
/** Looks after which it is given up: about half an hour. */
const mostLooks = 64;
/** Characters of an answer that a result keeps. */
const answerLength = 2_000;

/**
 * The job: waits for the article's document, asks the questions, and closes the problem if all are answered from evidence
 * now. It goes on where an earlier try stopped. `lastTry` tells the owner that it failed.
 */
export async function runTest(
  ctx: Ctx,
  {
    testId,
    waited,
    lastTry,
    signal,
  }: { testId: string; waited: number; lastTry: boolean; signal: AbortSignal },
): Promise<void> {
  const test = await inTx(ctx, (ctx) => findTest(ctx, testId));
  if (!test || test.status === "done" || test.status === "failed") return;
  try {
    const standing = await documentOf(ctx, test);
    if (standing.state === "lost") return await fail(ctx, test, standing.reason);
    if (standing.state === "waiting") {
      if (waited >= mostLooks) return await fail(ctx, test, "The article's document was not read in time.");
      const afterSeconds = Math.min(longestPause, 2 ** Math.min(waited, 8));
      const { tenantId } = ctx;
      return await inTx(ctx, (ctx) =>
        ctx.jobs.enqueue(retestQueue, { tenantId, testId, waited: waited + 1 }, { afterSeconds }),
      );
    }
    await askAll(ctx, test, signal);
    await close(ctx, test.id);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return; // the problem or its bot is gone, and this with it
    if (lastTry) await fail(ctx, test, "Asking the questions failed. Test again.");
    throw error;
  }
}

async function askAll(ctx: Ctx, test: TestRow, signal: AbortSignal): Promise<void> {
  const { problem, questions, documents } = await inTx(ctx, async (ctx) => ({
    problem: await findProblem(ctx, test.problemId),
    questions: await questionsOf(ctx, test.problemId, mostTested),
    documents: await approvedDocuments(ctx, test.problemId),
  }));
  const results: TestedQuestion[] = [...test.results];
  await note(ctx, test, problem.botId, { status: "running", total: questions.length });
  for (const asked of questions) {
    if (results.some(({ questionId }) => questionId === asked.id)) continue;
    const tried = await tryAnswer(ctx, { botId: problem.botId, question: asked.question, signal });
    const earlier = await inTx(ctx, (ctx) => poorAnswersTo(ctx, asked.id));
    results.push(judge(asked, tried, { documents, earlier }));
    await note(ctx, test, problem.botId, { results });
  }
}

/**
 * Answered means: from evidence that is cited. Where there was an answer that people held to be bad, the same words again
 * do not count, nor does another answer that rests on none of the problem's own articles where it has any.
 */
function judge(
  { id, question, kinds }: Asked,
  tried: TriedAnswer,
  known: { documents: ReadonlySet<string>; earlier: ReadonlySet<string> },
): TestedQuestion {
  const documents = new Map(
    tried.citations.map(({ documentId, documentName }) => [documentId, documentName]),
  );
  const wasBad = kinds.some((kind) => kind !== "unanswered");
  const isOfArticle = [...known.documents].some((id) => documents.has(id));
  const reason =
    tried.mode === "abstained"
      ? "The bot found no answer."
      : tried.mode === "withheld"
        ? "The answer was withheld: its sources do not support it."
        : documents.size === 0
          ? "The answer cites no source."
          : wasBad && known.earlier.has(tried.text.trim())
            ? "The bot gives the same answer that was bad before."
            : wasBad && known.documents.size > 0 && !isOfArticle
              ? "The answer does not rest on the article."
              : null;
  return {
    questionId: id,
    question,
    isAnswered: reason === null,
    reason,
    answer: tried.text.slice(0, answerLength).toWellFormed(),
    mode: tried.mode,
    confidence: tried.confidence,
    documents: [...documents].map(([id, name]) => ({ id, name })),
  };
}

/** What the bot said to a question when it was no good. */
async function poorAnswersTo(ctx: TxCtx, questionId: string): Promise<Set<string>> {
  const rows = await ctx.tx
    .selectDistinct({ id: problemOccurrences.answerId })
    .from(problemOccurrences)
    .where(and(eq(problemOccurrences.tenantId, ctx.tenantId), eq(problemOccurrences.questionId, questionId)))
    .orderBy(desc(problemOccurrences.answerId))
    .limit(20);
  const answers = await judgedAnswers(
    ctx,
    rows.map(({ id }) => id),
  );
  return new Set(answers.map(({ text }) => text.trim()));
}

async function approvedDocuments(ctx: TxCtx, problemId: string): Promise<Set<string>> {
  const rows = await ctx.tx
    .select({ id: problemArticles.documentId })
    .from(problemArticles)
    .where(
      and(
        eq(problemArticles.tenantId, ctx.tenantId),
        eq(problemArticles.problemId, problemId),
        eq(problemArticles.status, "approved"),
      ),
    );
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

/** Ends the test; a problem whose questions are all answered is resolved by that. */
async function close(ctx: Ctx, testId: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const test = await findTest(ctx, testId);
    if (test?.status !== "running") return; // a later one took its place
    const problem = await findProblem(ctx, test.problemId, { lock: true });
    const answered = test.results.filter(({ isAnswered }) => isAnswered).length;
    const answeredShare = test.results.length === 0 ? 0 : answered / test.results.length;
    await ctx.tx
      .update(problemTests)
      .set({ status: "done", answeredShare, finishedAt: ctx.now() })
      .where(thisTest(ctx, testId));
    if (answeredShare === 1 && isUnsettled(problem.status)) {
      await moveProblem(ctx, problem, "resolved", "evidence");
    } else await announce(ctx, problem);
  });
}

async function fail(ctx: Ctx, test: TestRow, failure: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const problem = await findProblem(ctx, test.problemId);
    await ctx.tx
      .update(problemTests)
      .set({ status: "failed", failure, finishedAt: ctx.now() })
      .where(thisTest(ctx, test.id));
    await announce(ctx, problem);
  });
}

async function note(ctx: Ctx, test: TestRow, botId: string, change: Partial<TestRow>): Promise<void> {
  await inTx(ctx, async (ctx) => {
    await ctx.tx.update(problemTests).set(change).where(thisTest(ctx, test.id));
    await emit(ctx, problemChanged, { problemId: test.problemId, botId });
  });
}

function announce(ctx: TxCtx, { id: problemId, botId }: ProblemRow): Promise<void> {
  return emit(ctx, problemChanged, { problemId, botId });
}

type Standing = { state: "ready" | "waiting" } | { state: "lost"; reason: string };

/** Whether the document of the test's article can be found by now. */
async function documentOf(ctx: Ctx, { articleId }: TestRow): Promise<Standing> {
  if (articleId === null) return { state: "ready" };
  const [article] = await inTx(ctx, (ctx) =>
    ctx.tx
      .select()
      .from(problemArticles)
      .where(and(eq(problemArticles.tenantId, ctx.tenantId), eq(problemArticles.id, articleId))),
  );
  if (!article) return { state: "lost", reason: "The article is gone." };
  const documents = await listBotDocuments(ctx, { botId: article.botId });
  const document = documents.find(({ id }) => id === article.documentId);
  if (!document) return { state: "lost", reason: "The article's document was deleted." };
  if (document.status === "FAILED") {
    return {
      state: "lost",
      reason: `The article's document could not be read: ${document.errorMessage ?? "unknown"}`,
    };
  }
  return { state: document.status === "PROCESSED" ? "ready" : "waiting" };
}

async function findTest(ctx: TxCtx, id: string): Promise<TestRow | null> {
  const [row] = await ctx.tx.select().from(problemTests).where(thisTest(ctx, id));
  return row ?? null;
}

function thisTest(ctx: TxCtx, id: string) {
  return and(eq(problemTests.tenantId, ctx.tenantId), eq(problemTests.id, id));
}
