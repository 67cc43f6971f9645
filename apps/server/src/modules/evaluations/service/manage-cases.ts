import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertDocumentIn } from "../../knowledge/index.ts";
import * as queries from "../evaluations.queries.ts";
import {
  type CaseInput,
  type caseChangeSchema,
  type EvaluationCase,
  type listCasesSchema,
  maxCases,
} from "../evaluations.schema.ts";
import { evaluationCases } from "../evaluations.tables.ts";
import { addCases, hashOf } from "./add-cases.ts";
import { assertOwnBot } from "./own-bot.ts";

export async function listCases(ctx: Ctx, input: z.infer<typeof listCasesSchema>) {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, input.botId);
    const { rows, total } = await queries.pageOfCases(ctx, input);
    return { items: rows.map(queries.toCase), total };
  });
}

export async function getCase(ctx: Ctx, input: { caseId: string }): Promise<EvaluationCase> {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => queries.toCase(await queries.findCase(ctx, input.caseId)));
}

/** Throws CONFLICT where the bot has the question already, or as many cases as it may have. */
export async function createCase(ctx: Ctx, input: CaseInput & { botId: string }): Promise<EvaluationCase> {
  assertCan(ctx.actor, "evaluate bots");
  const { botId, ...content } = input;
  assertOwnBot(ctx, botId);
  return inTx(ctx, async (ctx) => {
    await assertGold(ctx, botId, content.goldDocumentId);
    const added = await addCases(ctx, botId, [
      { content, origin: "manual", originId: null, isEnabled: true },
    ]);
    const [id] = added.ids;
    if (!id) throw added.duplicates > 0 ? alreadyThere() : tooMany();
    await recordAudit(ctx, {
      action: "evaluation-case.created",
      subjectType: "evaluation case",
      subjectId: id,
      after: { botId, question: content.question, expects: content.expects },
    });
    return queries.toCase(await queries.findCase(ctx, id));
  });
}

/** Runs that were made before keep what they asked. Throws CONFLICT for a question that the bot has already. */
export async function updateCase(ctx: Ctx, input: z.infer<typeof caseChangeSchema>): Promise<EvaluationCase> {
  assertCan(ctx.actor, "evaluate bots");
  const { caseId, ...change } = input;
  return inTx(ctx, async (ctx) => {
    const { botId } = await queries.findCase(ctx, caseId);
    await findBot(ctx, botId, { lock: true });
    const before = await queries.findCase(ctx, caseId);
    if (change.goldDocumentId) await assertGold(ctx, botId, change.goldDocumentId);
    const after = { ...before, ...withoutUndefined(change), updatedAt: ctx.now() };
    after.questionHash = hashOf(after);
    if (after.questionHash !== before.questionHash) {
      const same = eq(evaluationCases.questionHash, after.questionHash);
      if ((await queries.casesBy(ctx, botId, same)).length > 0) throw alreadyThere();
    }
    const [row] = await ctx.tx
      .update(evaluationCases)
      .set(after)
      .where(and(eq(evaluationCases.tenantId, ctx.tenantId), eq(evaluationCases.id, caseId)))
      .returning();
    if (!row) throw notFound("The case");
    await recordAudit(ctx, {
      action: "evaluation-case.updated",
      subjectType: "evaluation case",
      subjectId: caseId,
      before: changeable(before),
      after: changeable(row),
    });
    return queries.toCase(row);
  });
}

export async function deleteCase(ctx: Ctx, input: { caseId: string }): Promise<void> {
  assertCan(ctx.actor, "evaluate bots");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findCase(ctx, input.caseId);
    await ctx.tx
      .delete(evaluationCases)
      .where(and(eq(evaluationCases.tenantId, ctx.tenantId), eq(evaluationCases.id, before.id)));
    await recordAudit(ctx, {
      action: "evaluation-case.deleted",
      subjectType: "evaluation case",
      subjectId: before.id,
      before: changeable(before),
    });
  });
}

/** The document is one of the bot's. */
async function assertGold(ctx: TxCtx, botId: string, documentId: string | null): Promise<void> {
  if (documentId === null) return;
  const { knowledgeBaseId } = await findBot(ctx, botId);
  await assertDocumentIn(ctx, { documentId, knowledgeBaseId });
}

function alreadyThere(): AppError {
  return new AppError("CONFLICT", "This bot has a case with this question already. Change that one.");
}

function tooMany(): AppError {
  return new AppError("CONFLICT", `A bot has at most ${maxCases} cases. Delete some that say little.`);
}

function changeable({ question, expects, goldAnswers, mustContain, isEnabled }: queries.CaseRow) {
  return { question, expects, goldAnswers, mustContain, isEnabled };
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as Defined<Value>; // entries of the same object
}
