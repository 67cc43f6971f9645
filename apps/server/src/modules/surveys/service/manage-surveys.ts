import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../surveys.queries.ts";
import {
  type ListedSurvey,
  type NewSurvey,
  type Survey,
  type SurveyChange,
  surveySchema,
} from "../surveys.schema.ts";
import { templateQuestions } from "../surveys.strings.ts";
import { surveys } from "../surveys.tables.ts";
import type { Question, SurveyKind, SurveyTrigger } from "../surveys.types.ts";
import { scoredKind } from "./score.ts";

/** A bound against mistakes. */
const mostSurveys = 50;

const usualTrigger: SurveyTrigger = {
  botIds: [],
  channels: [],
  delayMinutes: 0,
  byEmail: true,
  openDays: 14,
};

/** The newest first, with how many were asked and have answered. */
export async function listSurveys(
  ctx: Ctx,
  input: { page: number; pageSize: number },
): Promise<{ items: ListedSurvey[]; total: number }> {
  assertCan(ctx.actor, "read surveys");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.pageOfSurveys(ctx, input);
    const counts = await queries.countsOf(
      ctx,
      rows.map(({ id }) => id),
    );
    const items = rows.map((row) => ({
      ...toSurvey(row),
      ...(counts.get(row.id) ?? { invited: 0, answered: 0 }),
    }));
    return { items, total };
  });
}

export async function getSurvey(ctx: Ctx, { surveyId }: { surveyId: string }): Promise<Survey> {
  assertCan(ctx.actor, "read surveys");
  return inTx(ctx, async (ctx) => toSurvey(await queries.findSurvey(ctx, surveyId)));
}

/** Keeps a survey; without questions of its own it asks those of its kind's template. */
export async function createSurvey(ctx: Ctx, input: NewSurvey): Promise<Survey> {
  assertCan(ctx.actor, "manage surveys");
  return inTx(ctx, async (ctx) => {
    const { total } = await queries.pageOfSurveys(ctx, { page: 1, pageSize: 1 });
    if (total >= mostSurveys) {
      throw new AppError("CONFLICT", `A workspace has at most ${mostSurveys} surveys. Delete one first.`);
    }
    const questions = input.questions ?? (input.kind === "custom" ? [] : templateQuestions[input.kind]);
    const trigger = { ...usualTrigger, ...input.trigger };
    await assertSound(ctx, { kind: input.kind, questions, trigger });
    const [row] = await ctx.tx
      .insert(surveys)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        ...input,
        questions,
        trigger,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The survey was not written.");
    await audit(ctx, "survey.created", row.id, { after: factsOf(row) });
    return toSurvey(row);
  });
}

/** Changes what is named. Whoever was asked before is shown the questions as they are then. */
export async function updateSurvey(
  ctx: Ctx,
  { surveyId, version, trigger, ...change }: SurveyChange,
): Promise<Survey> {
  assertCan(ctx.actor, "manage surveys");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findSurvey(ctx, surveyId, { lock: true });
    if (version !== undefined && version !== before.version) {
      throw new AppError(
        "CONFLICT",
        `Somebody changed this survey: you have version ${version}, the newest is ${before.version}. Read it again.`,
        { details: { yourVersion: version, version: before.version } },
      );
    }
    const wanted = {
      name: change.name ?? before.name,
      questions: change.questions ?? before.questions,
      trigger: { ...before.trigger, ...trigger },
      enabled: change.enabled ?? before.enabled,
    };
    if (isDeepStrictEqual(wanted, textOf(before))) return toSurvey(before);
    await assertSound(ctx, { kind: before.kind, ...wanted });
    const [row] = await ctx.tx
      .update(surveys)
      .set({ ...wanted, version: before.version + 1, updatedAt: ctx.now() })
      .where(thisSurvey(ctx, surveyId))
      .returning();
    if (!row) throw new AppError("INTERNAL", "The survey was not written.");
    await audit(ctx, "survey.updated", surveyId, { before: factsOf(before), after: factsOf(row) });
    return toSurvey(row);
  });
}

/** Deletes a survey with all that was answered. To keep the results, it is switched off. */
export async function deleteSurvey(ctx: Ctx, { surveyId }: { surveyId: string }): Promise<void> {
  assertCan(ctx.actor, "manage surveys");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findSurvey(ctx, surveyId, { lock: true });
    await ctx.tx.delete(surveys).where(thisSurvey(ctx, surveyId));
    await audit(ctx, "survey.deleted", surveyId, { before: factsOf(before) });
  });
}

/** Throws VALIDATION_ERROR for questions that its kind cannot do without, NOT_FOUND for bots that are not there. */
async function assertSound(
  ctx: TxCtx,
  { kind, questions, trigger }: { kind: SurveyKind; questions: Question[]; trigger: SurveyTrigger },
): Promise<void> {
  if (questions.length === 0) {
    throw new AppError("VALIDATION_ERROR", "A survey of your own needs at least one question.");
  }
  const needed = scoredKind(kind);
  if (needed && !questions.some((question) => question.kind === needed && question.required)) {
    throw new AppError(
      "VALIDATION_ERROR",
      `A survey of the kind ${kind} is counted by a required question of the kind ${needed}. Add one.`,
    );
  }
  for (const botId of trigger.botIds) await findBot(ctx, botId);
}

function toSurvey(row: queries.SurveyRow): Survey {
  return surveySchema.parse(row);
}

function textOf({ name, questions, trigger, enabled }: queries.SurveyRow) {
  return { name, questions, trigger, enabled };
}

function factsOf(row: queries.SurveyRow) {
  return { ...textOf(row), kind: row.kind, version: row.version };
}

function thisSurvey(ctx: TxCtx, id: string) {
  return and(eq(surveys.tenantId, ctx.tenantId), eq(surveys.id, id));
}

function audit(
  ctx: TxCtx,
  action: string,
  surveyId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "survey", subjectId: surveyId, ...change });
}
