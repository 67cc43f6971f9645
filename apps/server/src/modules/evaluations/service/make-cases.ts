import { and, desc, eq, inArray, isNotNull } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Language } from "../../../platform/text/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { answers } from "../../answers/answers.tables.ts";
import { findBot } from "../../bots/index.ts";
import { conversations, messages } from "../../conversations/conversations.tables.ts";
import { readMessages } from "../../conversations/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertDocumentIn, getDocumentContent, listDocuments } from "../../knowledge/index.ts";
import { answerReviews } from "../../quality/quality.tables.ts";
import type { Added, makeCasesSchema } from "../evaluations.schema.ts";
import type { CaseContent } from "../evaluations.types.ts";
import { exchangesOf } from "../making/from-conversation.ts";
import { questionsOf } from "../making/from-document.ts";
import { questionsOfOtherDomains } from "../making/other-domains.ts";
import { addCases, type NewCase } from "./add-cases.ts";

type Input = z.infer<typeof makeCasesSchema>;

/**
 * Makes cases of what a bot has: the newest badly rated or reviewed answers, resolved conversations, a document, or
 * questions of other domains. What is there already is counted and left. Where nothing says what is right, the case is
 * switched off until somebody does.
 */
export async function makeCases(ctx: Ctx, input: Input): Promise<Added> {
  assertCan(ctx.actor, "evaluate bots");
  const bot = await inTx(ctx, (ctx) => findBot(ctx, input.botId));
  const { documentId } = input;
  if (documentId) await assertDocumentIn(ctx, { documentId, knowledgeBaseId: bot.knowledgeBaseId });
  const made = await makers[input.from](ctx, { ...input, knowledgeBaseId: bot.knowledgeBaseId });
  return inTx(ctx, async (ctx) => {
    const { ids: _ids, ...added } = await addCases(ctx, bot.id, made);
    if (added.added > 0) {
      await recordAudit(ctx, {
        action: "evaluation-cases.made",
        subjectType: "bot",
        subjectId: bot.id,
        after: { from: input.from, ...added },
      });
    }
    return added;
  });
}

type Maker = (ctx: Ctx, input: Input & { knowledgeBaseId: string }) => Promise<NewCase[]>;

const makers: Record<Input["from"], Maker> = {
  feedback: async (ctx, { botId, limit }) => {
    const rows = await inTx(ctx, (ctx) =>
      ctx.tx
        .select({ id: answers.id, messageId: answers.messageId, conversationId: answers.conversationId })
        .from(answers)
        .where(and(eq(answers.tenantId, ctx.tenantId), eq(answers.botId, botId), eq(answers.rating, "down")))
        .orderBy(desc(answers.createdAt))
        .limit(limit),
    );
    return fromAnswers(ctx, rows, "thumbs_down");
  },
  reviews: async (ctx, { botId, limit }) => {
    const rows = await inTx(ctx, (ctx) => badlyReviewed(ctx, botId, limit));
    return fromAnswers(ctx, rows, "review");
  },
  conversations: async (ctx, { botId, limit }) => {
    const ids = await inTx(ctx, (ctx) => resolvedByPeople(ctx, botId, limit));
    const made: NewCase[] = [];
    for (const id of ids) {
      const exchanges = exchangesOf(await readMessages(ctx, { conversationId: id }));
      for (const { question, history, agentReply } of exchanges) {
        if (agentReply === null) continue;
        const content = { ...asking(question), history, goldAnswers: [agentReply] };
        made.push({ content, origin: "conversation", originId: id, isEnabled: true });
      }
    }
    return made;
  },
  document: async (ctx, { documentId, limit }) => {
    if (!documentId) throw new AppError("VALIDATION_ERROR", "Say with documentId of which document.");
    const { text } = await getDocumentContent(ctx, { documentId });
    const questions = questionsOf(text, limit);
    if (questions.length === 0) {
      throw new AppError(
        "VALIDATION_ERROR",
        "This document has no sentence that a question could be made of. Choose another one.",
      );
    }
    return questions.map(({ question, goldAnswer, goldQuote }) => ({
      content: { ...asking(question), goldAnswers: [goldAnswer], goldDocumentId: documentId, goldQuote },
      origin: "document",
      originId: documentId,
      isEnabled: true,
    }));
  },
  other_domain: async (ctx, { knowledgeBaseId, limit }) =>
    questionsOfOtherDomains(await languageOf(ctx, knowledgeBaseId), limit).map((question) => ({
      content: { ...asking(question), expects: "abstain" },
      origin: "other_domain",
      originId: null,
      isEnabled: true,
    })),
};

function asking(question: string): CaseContent {
  return {
    question,
    history: [],
    expects: "answer",
    goldAnswers: [],
    mustContain: [],
    goldDocumentId: null,
    goldQuote: null,
  };
}

/** Each with the question that it answered, and as right what a person said to that, where one did. */
async function fromAnswers(
  ctx: Ctx,
  rows: readonly { id: string; messageId: string; conversationId: string }[],
  origin: "thumbs_down" | "review",
): Promise<NewCase[]> {
  const made: NewCase[] = [];
  for (const { id, messageId, conversationId } of rows) {
    const said = await readMessages(ctx, { conversationId });
    const at = said.findIndex((message) => message.id === messageId);
    const asked = said.slice(0, at).findLast(({ author }) => author === "customer");
    const exchange = exchangesOf(said).find((candidate) => candidate.messageId === asked?.id);
    if (!exchange) continue;
    const { question, history, agentReply } = exchange;
    const content = { ...asking(question), history, goldAnswers: agentReply === null ? [] : [agentReply] };
    made.push({ content, origin, originId: id, isEnabled: agentReply !== null });
  }
  return made;
}

async function badlyReviewed(ctx: TxCtx, botId: string, limit: number) {
  return ctx.tx
    .select({ id: answers.id, messageId: answers.messageId, conversationId: answers.conversationId })
    .from(answerReviews)
    .innerJoin(
      answers,
      and(eq(answers.tenantId, answerReviews.tenantId), eq(answers.id, answerReviews.answerId)),
    )
    .where(
      and(
        eq(answerReviews.tenantId, ctx.tenantId),
        eq(answers.botId, botId),
        inArray(answerReviews.verdict, ["partly", "wrong"]),
      ),
    )
    .orderBy(desc(answerReviews.updatedAt))
    .limit(limit);
}

/** The newest that were resolved and in which a person wrote. */
async function resolvedByPeople(ctx: TxCtx, botId: string, limit: number): Promise<string[]> {
  const rows = await ctx.tx
    .selectDistinct({ id: conversations.id, at: conversations.lastMessageAt })
    .from(conversations)
    .innerJoin(
      messages,
      and(eq(messages.tenantId, conversations.tenantId), eq(messages.conversationId, conversations.id)),
    )
    .where(
      and(
        eq(conversations.tenantId, ctx.tenantId),
        eq(conversations.botId, botId),
        eq(conversations.status, "resolved"),
        eq(messages.author, "agent"),
        eq(messages.internal, false),
        isNotNull(conversations.lastMessageAt),
      ),
    )
    .orderBy(desc(conversations.lastMessageAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** What most of the bot's documents are written in. */
async function languageOf(ctx: Ctx, knowledgeBaseId: string): Promise<Language> {
  const counts = new Map<string, number>();
  for (const { language } of await listDocuments(ctx, { knowledgeBaseId })) {
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] === "fr" || first?.[0] === "ar" ? first[0] : "en";
}
