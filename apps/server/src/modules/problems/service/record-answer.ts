import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { answerBefore, type JudgedAnswer, judgedAnswers } from "../../answers/index.ts";
import { type BotRow, findBot } from "../../bots/index.ts";
import { embedByMeaning } from "../../knowledge/index.ts";
import { wordsHash } from "../clustering/read-wording.ts";
import { findProblem, questionOfWords } from "../problems.queries.ts";
import { type occurrenceKinds, problemOccurrences, problemQuestions, problems } from "../problems.tables.ts";
import { placeQuestion } from "./place-question.ts";
import { recount } from "./recount.ts";

type Kind = (typeof occurrenceKinds)[number];

/** Milliseconds that a vector may take: nobody waits, but a worker's slot does. */
const embeddingLimit = 20_000;

/**
 * Makes the occurrences of an answer what they should be: those that its state calls for are kept, those that it does
 * not any more (a rating was taken back) go. What else is known of it comes with the call. Doing it twice changes nothing.
 */
export async function recordAnswer(
  ctx: Ctx,
  input: { answerId: string; escalated?: boolean | undefined; reviewedWrong?: boolean | undefined },
): Promise<void> {
  const found = await inTx(ctx, async (ctx) => {
    const [answer] = await judgedAnswers(ctx, [input.answerId]);
    const bot = answer && (await findBot(ctx, answer.botId).catch(nullIfAbsent));
    if (!answer || !bot) return null;
    const text = askedIn(answer);
    return { answer, bot, text, isKnown: (await questionOfWords(ctx, bot.id, wordsHash(text))) !== null };
  });
  if (!found) return;
  const { answer, bot, text } = found;
  const isPoor = signsOf(answer, input).some(({ holds }) => holds);
  const made = isPoor && !found.isKnown ? await embed(ctx, bot, text) : null;
  await inTx(ctx, async (ctx) => {
    // the lock makes one problem of two who ask the same at once
    if (!(await findBot(ctx, bot.id, { lock: true }).catch(nullIfAbsent))) return;
    const [fresh] = await judgedAnswers(ctx, [input.answerId]); // its rating may have changed meanwhile
    if (fresh) await setOccurrences(ctx, fresh, signsOf(fresh, input), made);
  });
}

/** Somebody wanted a person at a moment: if the bot had answered before, that answer did not do. */
export async function recordHandOff(
  ctx: Ctx,
  { conversationId, at, wanted }: { conversationId: string; at: string; wanted: boolean },
): Promise<void> {
  if (!wanted) return;
  const answer = await inTx(ctx, (ctx) => answerBefore(ctx, { conversationId, at: new Date(at) }));
  if (answer) await recordAnswer(ctx, { answerId: answer.id, escalated: true });
}

/** The question as it stands alone: a follow-up says nothing without what was asked before it. */
export function askedIn({ question, standaloneQuestion }: JudgedAnswer): string {
  const alone = standaloneQuestion.replaceAll("\n", " ").trim();
  return alone === "" ? question : alone;
}

export interface Sign {
  kind: Kind;
  holds: boolean;
}

/** What is known to be wrong with an answer and what not; a kind that is absent stays as it was. */
export function signsOf(
  answer: Pick<JudgedAnswer, "mode" | "rating">,
  also: { escalated?: boolean | undefined; reviewedWrong?: boolean | undefined } = {},
): Sign[] {
  return [
    { kind: "unanswered", holds: answer.mode === "abstained" || answer.mode === "withheld" },
    { kind: "rated_down", holds: answer.rating === "down" },
    ...(also.escalated === undefined ? [] : [{ kind: "escalated", holds: also.escalated } as const]),
    ...(also.reviewedWrong === undefined
      ? []
      : [{ kind: "reviewed_wrong", holds: also.reviewedWrong } as const]),
  ];
}

/** Keeps and removes the occurrences of an answer. The caller holds the bot's lock. */
export async function setOccurrences(
  ctx: TxCtx,
  answer: JudgedAnswer,
  signs: readonly Sign[],
  made: { vector: number[] | null; vectorModel: string | null } | null,
): Promise<void> {
  const ofAnswer = and(
    eq(problemOccurrences.tenantId, ctx.tenantId),
    eq(problemOccurrences.answerId, answer.id),
  );
  const kept = await ctx.tx.select().from(problemOccurrences).where(ofAnswer);
  const isKept = (kind: Kind) => kept.some((occurrence) => occurrence.kind === kind);
  const gone = signs.filter(({ kind, holds }) => !holds && isKept(kind)).map(({ kind }) => kind);
  const due = signs.filter(({ kind, holds }) => holds && !isKept(kind)).map(({ kind }) => kind);
  const touched = new Set<string>();
  if (gone.length > 0) {
    await ctx.tx.delete(problemOccurrences).where(and(ofAnswer, inArray(problemOccurrences.kind, gone)));
    for (const { questionId } of kept) touched.add(await problemOf(ctx, questionId));
  }
  if (due.length > 0) {
    const { problemId, id: questionId } = await placeQuestion(ctx, {
      botId: answer.botId,
      text: askedIn(answer),
      language: answer.language,
      vector: made?.vector ?? null,
      vectorModel: made?.vectorModel ?? null,
      at: answer.createdAt,
    });
    await ctx.tx.insert(problemOccurrences).values(
      due.map((kind) => ({
        tenantId: ctx.tenantId,
        answerId: answer.id,
        kind,
        botId: answer.botId,
        questionId,
        conversationId: answer.conversationId,
        question: answer.question,
        language: answer.language,
        comment: kind === "rated_down" ? answer.ratingComment : null,
        createdAt: answer.createdAt,
      })),
    );
    await reopenIfSettled(ctx, problemId, answer);
    touched.add(problemId);
  }
  if (isKept("rated_down") && !gone.includes("rated_down")) await keepComment(ctx, answer);
  for (const problemId of touched) await recount(ctx, problemId);
}

async function problemOf(ctx: TxCtx, questionId: string): Promise<string> {
  const [row] = await ctx.tx
    .select({ problemId: problemQuestions.problemId })
    .from(problemQuestions)
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.id, questionId)));
  if (!row) throw new Error("An occurrence is of a question that is not there.");
  return row.problemId;
}

/** The comment beside a rating that was given again. */
async function keepComment(ctx: TxCtx, { id, ratingComment }: JudgedAnswer): Promise<void> {
  await ctx.tx
    .update(problemOccurrences)
    .set({ comment: ratingComment })
    .where(
      and(
        eq(problemOccurrences.tenantId, ctx.tenantId),
        eq(problemOccurrences.answerId, id),
        eq(problemOccurrences.kind, "rated_down"),
      ),
    );
}

/** A problem that was resolved, and whose question found no good answer after that, is open again and says so. */
async function reopenIfSettled(ctx: TxCtx, problemId: string, answer: JudgedAnswer): Promise<void> {
  const problem = await findProblem(ctx, problemId, { lock: true });
  if (problem.status !== "resolved") return;
  if (problem.resolvedAt !== null && answer.createdAt <= problem.resolvedAt) return;
  await ctx.tx
    .update(problems)
    .set({ status: "open", reopenedAt: ctx.now(), resolvedAt: null, resolvedBy: null })
    .where(and(eq(problems.tenantId, ctx.tenantId), eq(problems.id, problemId)));
}

async function embed(ctx: Ctx, bot: BotRow, text: string) {
  const { knowledgeBaseId } = bot;
  const made = await embedByMeaning(ctx, { knowledgeBaseId, texts: [text], limit: embeddingLimit });
  return made ? { vector: made.vectors[0] ?? null, vectorModel: made.model } : null;
}

function nullIfAbsent(error: unknown): null {
  if (isAppError(error) && error.code === "NOT_FOUND") return null;
  throw error;
}
