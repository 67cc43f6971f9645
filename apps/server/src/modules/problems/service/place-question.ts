import { and, eq, notExists } from "drizzle-orm";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { Comparison, type Question } from "../clustering/choose-problem.ts";
import { wordsHash } from "../clustering/read-wording.ts";
import { comparedQuestions, type QuestionRow, questionOfWords } from "../problems.queries.ts";
import { problemQuestions, problems } from "../problems.tables.ts";

/** Characters of a question that are kept of it: a pasted page is known by its beginning. */
export const longestQuestion = 1_000;

export interface NewQuestion {
  botId: string;
  text: string;
  language: string | null;
  vector: number[] | null;
  vectorModel: string | null;
  at: Date;
}

/**
 * The wording's row, and with it the problem that it belongs to: the one of equal words, or of the likest question, or
 * a new one. The caller holds the bot's lock, which makes one problem of two who ask the same at once.
 */
export async function placeQuestion(ctx: TxCtx, input: NewQuestion): Promise<QuestionRow> {
  const { botId, language, vector, vectorModel, at } = input;
  const text = input.text.slice(0, longestQuestion).toWellFormed();
  const hash = wordsHash(text);
  const known = await questionOfWords(ctx, botId, hash);
  if (known) {
    if (known.lastSeenAt < at) await seen(ctx, known.id, at);
    return known;
  }
  const id = newId();
  const problemId =
    (await nearestProblem(ctx, botId, { id, text, vector, vectorModel })) ??
    (await ofBefore(ctx, botId, text)) ??
    (await newProblem(ctx, botId, text, at));
  const [row] = await ctx.tx
    .insert(problemQuestions)
    .values({
      tenantId: ctx.tenantId,
      id,
      botId,
      problemId,
      question: text,
      wordsHash: hash,
      language,
      vector,
      vectorModel,
      createdAt: ctx.now(),
      lastSeenAt: at,
    })
    .returning();
  if (!row) throw new Error("The question was not written.");
  return row;
}

async function seen(ctx: TxCtx, id: string, at: Date): Promise<void> {
  await ctx.tx
    .update(problemQuestions)
    .set({ lastSeenAt: at })
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.id, id)));
}

async function nearestProblem(ctx: TxCtx, botId: string, question: Question): Promise<string | null> {
  const rows = await comparedQuestions(ctx, botId);
  const comparison = new Comparison(rows.map(toQuestion));
  comparison.add(question);
  return comparison.choose(question.id, groupsOf(rows));
}

export function toQuestion({ id, question, vector, vectorModel }: QuestionRow): Question {
  return { id, text: question, vector, vectorModel };
}

/** Ids of wordings by problem. */
export function groupsOf(rows: readonly QuestionRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, problemId } of rows) {
    const group = groups.get(problemId);
    if (group) group.push(id);
    else groups.set(problemId, [id]);
  }
  return groups;
}

/** A problem of these very words from before wordings were kept. */
async function ofBefore(ctx: TxCtx, botId: string, text: string): Promise<string | null> {
  const itsQuestions = and(
    eq(problemQuestions.tenantId, problems.tenantId),
    eq(problemQuestions.problemId, problems.id),
  );
  const [row] = await ctx.tx
    .select({ id: problems.id })
    .from(problems)
    .where(
      and(
        eq(problems.tenantId, ctx.tenantId),
        eq(problems.botId, botId),
        eq(problems.question, text),
        notExists(ctx.tx.select().from(problemQuestions).where(itsQuestions)),
      ),
    )
    .limit(1);
  return row?.id ?? null;
}

async function newProblem(ctx: TxCtx, botId: string, question: string, at: Date): Promise<string> {
  const id = newId();
  await ctx.tx.insert(problems).values({
    tenantId: ctx.tenantId,
    id,
    botId,
    question,
    status: "open",
    lastSeenAt: at,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  });
  return id;
}
