import { and, desc, eq, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { repliesOfAgents } from "../../conversations/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { answeringModel } from "../../models/index.ts";
import { askWriter } from "../articles/ask-writer.ts";
import { type Reply, titleOf, usableReplies, writeArticle } from "../articles/write-article.ts";
import { problemChanged } from "../problems.events.ts";
import { findProblem } from "../problems.queries.ts";
import type { ProblemArticle } from "../problems.schema.ts";
import { problemArticles, problemOccurrences, problemQuestions } from "../problems.tables.ts";
import { type ArticleRow, describeArticle } from "./read-articles.ts";

/** Conversations of a problem that are looked through for replies, the latest first, and replies of them. */
const mostConversations = 50;
const mostReplies = 100;

/**
 * Drafts an article from what agents replied to a problem's questions: a connected model writes it, or it is put together
 * from their sentences. Throws CONFLICT where no resolved conversation holds such a reply. Nothing is published.
 */
export async function draftArticle(ctx: Ctx, { problemId }: { problemId: string }): Promise<ProblemArticle> {
  assertCan(ctx.actor, "manage problems");
  const { problem, bot, model, replies } = await inTx(ctx, async (ctx) => {
    const problem = await findProblem(ctx, problemId);
    const bot = await findBot(ctx, problem.botId);
    const model = await answeringModel(ctx, bot.modelProvider);
    return { problem, bot, model, replies: await repliesTo(ctx, problemId) };
  });
  const usable = usableReplies(problem.question, replies);
  if (usable.length === 0) {
    throw new AppError(
      "CONFLICT",
      "No resolved conversation holds a colleague's reply to these questions. Resolve one with a reply, or write the article yourself.",
    );
  }
  const own = writeArticle(problem.question, usable);
  const written = model.isBuiltin
    ? null
    : await askWriter(ctx, { botId: bot.id, model, question: problem.question, replies: usable });
  const isByModel = written !== null && "text" in written;
  const used = isByModel ? usable : own.used;
  return keepArticle(ctx, {
    problemId,
    title: own.title,
    content: isByModel ? written.text : own.content,
    writtenBy: isByModel ? model.name : "builtin",
    fallbackReason: written !== null && "failure" in written ? written.failure : null,
    sources: used.map(({ conversationId, repliedAt }) => ({
      conversationId,
      repliedAt: repliedAt.toISOString(),
    })),
  });
}

/** A draft that a person wrote. */
export async function createArticle(
  ctx: Ctx,
  { problemId, title, content }: { problemId: string; title?: string | undefined; content: string },
): Promise<ProblemArticle> {
  assertCan(ctx.actor, "manage problems");
  const { question } = await inTx(ctx, (ctx) => findProblem(ctx, problemId));
  return keepArticle(ctx, {
    problemId,
    title: title ?? titleOf(question),
    content,
    writtenBy: "person",
    fallbackReason: null,
    sources: [],
  });
}

async function keepArticle(
  ctx: Ctx,
  article: Pick<ArticleRow, "problemId" | "title" | "content" | "writtenBy" | "fallbackReason" | "sources">,
): Promise<ProblemArticle> {
  return inTx(ctx, async (ctx) => {
    const { botId } = await findProblem(ctx, article.problemId, { lock: true });
    const [row] = await ctx.tx
      .insert(problemArticles)
      .values({
        ...article,
        tenantId: ctx.tenantId,
        id: newId(),
        botId,
        status: "draft",
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error("The article was not written.");
    await recordAudit(ctx, {
      action: "problem-article.drafted",
      subjectType: "problem",
      subjectId: article.problemId,
      after: { articleId: row.id, title: row.title, writtenBy: row.writtenBy },
    });
    await emit(ctx, problemChanged, { problemId: article.problemId, botId });
    return describeArticle(ctx, row);
  });
}

/** What agents wrote, after one of the problem's questions had been asked, where the conversation was resolved. */
async function repliesTo(ctx: TxCtx, problemId: string): Promise<Reply[]> {
  const asked = await ctx.tx
    .select({
      conversationId: problemOccurrences.conversationId,
      at: sql`min(${problemOccurrences.createdAt})`.mapWith(problemOccurrences.createdAt),
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
    .groupBy(problemOccurrences.conversationId)
    .orderBy(desc(sql`min(${problemOccurrences.createdAt})`))
    .limit(mostConversations);
  const since = new Map(asked.map(({ conversationId, at }) => [conversationId, at]));
  const rows = await repliesOfAgents(ctx, [...since.keys()], mostReplies);
  return rows
    .filter(({ conversationId, repliedAt }) => repliedAt >= (since.get(conversationId) ?? repliedAt))
    .map(({ agentName, customerName, ...reply }) => ({ ...reply, names: [agentName, customerName] }));
}
