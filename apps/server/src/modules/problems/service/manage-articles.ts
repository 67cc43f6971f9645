import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { addBotText, listBotDocuments } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { problemChanged } from "../problems.events.ts";
import type { ProblemArticle } from "../problems.schema.ts";
import { problemArticles } from "../problems.tables.ts";
import { type ArticleRow, describeArticle, findArticle } from "./read-articles.ts";
import { beginTest } from "./retest.ts";

/** Milliseconds after which whoever was publishing is taken for dead, and another may. */
const longestPublishing = 120_000;

/** Changes a draft. Throws CONFLICT where somebody changed it since it was read, and for what is no draft. */
export async function updateArticle(
  ctx: Ctx,
  {
    id,
    revision,
    ...change
  }: { id: string; title?: string | undefined; content?: string | undefined; revision?: number | undefined },
): Promise<ProblemArticle> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    const before = await findDraft(ctx, id, revision, "changed");
    const title = change.title ?? before.title;
    const content = change.content ?? before.content;
    if (title === before.title && content === before.content) return describeArticle(ctx, before);
    return changed(ctx, before, { title, content, revision: before.revision + 1 }, "edited");
  });
}

/** Puts a draft aside: it stays to be read, and nothing is published. */
export async function rejectArticle(ctx: Ctx, { id }: { id: string }): Promise<ProblemArticle> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    const before = await findDraft(ctx, id, undefined, "rejected");
    return changed(ctx, before, { status: "rejected", ...decided(ctx) }, "rejected");
  });
}

/**
 * Makes a draft a document of its bot, and has the problem's questions asked again once that is read. Two who approve at
 * once make one document: the first claims the article, the other is refused with CONFLICT. The plan's limits hold; what
 * they refuse stays a draft.
 */
export async function approveArticle(
  ctx: Ctx,
  { id, revision }: { id: string; revision?: number | undefined },
): Promise<ProblemArticle> {
  assertCan(ctx.actor, "manage problems");
  assertCan(ctx.actor, "manage knowledge");
  const claimed = await inTx(ctx, async (ctx) => {
    const before = await findDraft(ctx, id, revision, "approved");
    // the same document's id however often it is tried
    const documentId = before.documentId ?? newId();
    const status = { status: "publishing" as const, documentId, updatedAt: ctx.now() };
    await ctx.tx.update(problemArticles).set(status).where(thisArticle(ctx, id));
    return { ...before, documentId };
  });
  const { botId, documentId, title: name, content } = claimed;
  try {
    const known = await listBotDocuments(ctx, { botId });
    if (!known.some((document) => document.id === documentId)) {
      await addBotText(ctx, { botId, documentId, name, content: `# ${name}\n\n${content}\n` });
    }
  } catch (error) {
    await inTx(ctx, (ctx) =>
      ctx.tx.update(problemArticles).set({ status: "draft" }).where(thisArticle(ctx, id)),
    );
    throw error;
  }
  return inTx(ctx, async (ctx) => {
    const before = await findArticle(ctx, id, { lock: true });
    const article = await changed(ctx, before, { status: "approved", ...decided(ctx) }, "approved");
    await beginTest(ctx, { problemId: before.problemId, articleId: id });
    return article;
  });
}

/** The locked draft, or CONFLICT that says what it is. One whose publishing died counts as a draft. */
async function findDraft(
  ctx: TxCtx,
  id: string,
  revision: number | undefined,
  to: string,
): Promise<ArticleRow> {
  const article = await findArticle(ctx, id, { lock: true });
  const { status, updatedAt } = article;
  const isLeft =
    status === "publishing" &&
    ctx.now().getTime() - updatedAt.getTime() > longestPublishing &&
    to === "approved";
  if (status !== "draft" && !isLeft) {
    throw new AppError(
      "ILLEGAL_TRANSITION",
      `An article that is ${status} cannot be ${to}. Only a draft can: write another.`,
      { details: { from: status, to, allowed: [] } },
    );
  }
  if (revision !== undefined && revision !== article.revision) {
    throw new AppError("CONFLICT", "Somebody changed this article meanwhile. Read it again.", {
      details: { revision: article.revision },
    });
  }
  return article;
}

async function changed(
  ctx: TxCtx,
  before: ArticleRow,
  change: Partial<ArticleRow>,
  verb: "edited" | "rejected" | "approved",
): Promise<ProblemArticle> {
  const [row] = await ctx.tx
    .update(problemArticles)
    .set({ ...change, updatedAt: ctx.now() })
    .where(thisArticle(ctx, before.id))
    .returning();
  if (!row) throw new Error("An article that is locked is there.");
  await recordAudit(ctx, {
    action: `problem-article.${verb}`,
    subjectType: "problem",
    subjectId: before.problemId,
    before: { title: before.title, status: before.status },
    after: { articleId: row.id, title: row.title, status: row.status, documentId: row.documentId },
  });
  await emit(ctx, problemChanged, { problemId: row.problemId, botId: row.botId });
  return describeArticle(ctx, row);
}

function decided(ctx: TxCtx) {
  return { decidedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null, decidedAt: ctx.now() };
}

function thisArticle(ctx: TxCtx, id: string) {
  return and(eq(problemArticles.tenantId, ctx.tenantId), eq(problemArticles.id, id));
}
