import { and, desc, eq, inArray, notInArray } from "drizzle-orm";
import type { z } from "zod";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { answeringSettings, type BotRow, findBot, instructionsOf, promptText } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { connectedModels } from "../../models/index.ts";
import { runChanged } from "../evaluations.events.ts";
import { evaluationQueue } from "../evaluations.jobs.ts";
import * as queries from "../evaluations.queries.ts";
import {
  type DraftInput,
  type EvaluationRun,
  keptRuns,
  maxActiveRuns,
  type startRunSchema,
} from "../evaluations.schema.ts";
import { evaluationResults, evaluationRuns } from "../evaluations.tables.ts";
import type { CaseContent, RunSettings } from "../evaluations.types.ts";
import { assertOwnBot } from "./own-bot.ts";

/**
 * Starts a run of a bot's cases: the questions are written down now, so that what happens to the cases meanwhile
 * changes nothing. Throws VALIDATION_ERROR where there is nothing to ask or the model is not connected, CONFLICT
 * where as many runs are at work as may be.
 */
export async function startRun(ctx: Ctx, input: z.infer<typeof startRunSchema>): Promise<EvaluationRun> {
  assertCan(ctx.actor, "evaluate bots");
  assertOwnBot(ctx, input.botId);
  return inTx(ctx, async (ctx) => {
    const bot = await findBot(ctx, input.botId, { lock: true });
    const cases = await queries.casesToRun(ctx, bot.id, input.caseIds);
    if (input.caseIds && cases.length < new Set(input.caseIds).size) throw notFound("A case");
    if (cases.length === 0) {
      throw new AppError(
        "VALIDATION_ERROR",
        "This bot has no cases to run. Add some and switch them on first.",
      );
    }
    const row = await insertRun(ctx, bot, input, {
      kind: "cases",
      conversationId: null,
      name: input.name ?? null,
      isWhole: input.caseIds === undefined,
      items: cases.map((row) => ({ itemId: row.id, content: contentOf(row), formerAnswerId: null })),
    });
    return queries.toRun(row);
  });
}

interface NewRun {
  kind: "cases" | "replay";
  conversationId: string | null;
  name: string | null;
  /** Everything there is; other settings than the bot's make less of it. */
  isWhole: boolean;
  items: { itemId: string; content: CaseContent; formerAnswerId: string | null }[];
}

/** Writes a run with its questions and queues it, in the caller's transaction. */
export async function insertRun(ctx: TxCtx, bot: BotRow, draft: DraftInput, run: NewRun) {
  if ((await queries.countActiveRuns(ctx)) >= maxActiveRuns) {
    throw new AppError(
      "CONFLICT",
      `${maxActiveRuns} runs are at work already, which is the most at once. Wait for one to end, or cancel one.`,
    );
  }
  await assertConnected(ctx, draft);
  const text = await textOf(ctx, bot, draft);
  const settings = settingsOf(draft);
  const id = newId();
  const { items, isWhole, ...rest } = run;
  const [row] = await ctx.tx
    .insert(evaluationRuns)
    .values({
      tenantId: ctx.tenantId,
      id,
      botId: bot.id,
      ...rest,
      ...text,
      promptSha256: sha256Hex(text.prompt),
      status: "queued",
      settings,
      botSettingsSha256: answeringSettings(bot),
      isWhole: isWhole && Object.values(settings).every((value) => value === null),
      total: items.length,
      startedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      createdAt: ctx.now(),
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The run was not written.");
  for (let from = 0; from < items.length; from += 100) {
    await ctx.tx.insert(evaluationResults).values(
      items.slice(from, from + 100).map((item, index) => ({
        tenantId: ctx.tenantId,
        runId: id,
        position: from + index + 1,
        ...item,
      })),
    );
  }
  await forgetOldRuns(ctx, bot.id);
  await ctx.jobs.enqueue(evaluationQueue, { tenantId: ctx.tenantId, runId: id });
  await recordAudit(ctx, {
    action: `evaluation-${run.kind === "replay" ? "replay" : "run"}.started`,
    subjectType: "evaluation run",
    subjectId: id,
    after: { botId: bot.id, questions: items.length, promptSha256: row.promptSha256, settings },
  });
  await emit(ctx, runChanged, { runId: id, botId: bot.id });
  return row;
}

/** The text that is measured, and which saved version it is. */
async function textOf(ctx: TxCtx, bot: BotRow, { prompt, promptId, promptVersion }: DraftInput) {
  if (prompt !== undefined && (promptId !== undefined || promptVersion !== undefined)) {
    throw new AppError("VALIDATION_ERROR", "Give a saved prompt or a text, not both.");
  }
  if (promptId === undefined && promptVersion !== undefined) {
    throw new AppError("VALIDATION_ERROR", "Say with promptId of which prompt that version is.");
  }
  if (prompt !== undefined) return { prompt, promptId: null, promptVersion: null };
  if (promptId !== undefined) {
    const saved = await promptText(ctx, { botId: bot.id, promptId, version: promptVersion });
    return { prompt: saved.content, promptId, promptVersion: saved.version };
  }
  const active = await instructionsOf(ctx, bot);
  return { prompt: active.text, promptId: active.promptId, promptVersion: active.promptVersion };
}

function settingsOf(draft: DraftInput): RunSettings {
  return {
    modelProvider: draft.modelProvider ?? null,
    model: draft.model ?? null,
    topK: draft.topK ?? null,
    unsupportedClaims: draft.unsupportedClaims ?? null,
    withholdBelow: draft.withholdBelow ?? null,
  };
}

/** A run by a model that is not there would quote, and measure something else than it says. */
async function assertConnected(ctx: TxCtx, { modelProvider, model }: DraftInput): Promise<void> {
  if (model !== undefined && (modelProvider === undefined || modelProvider === "builtin")) {
    throw new AppError("VALIDATION_ERROR", "Say with modelProvider whose model that is.");
  }
  if (modelProvider === undefined || modelProvider === "builtin") return;
  const connected = await connectedModels(ctx);
  const isThere = connected.some(
    ({ model, purpose }) => purpose === "answering" && model.startsWith(`${modelProvider}:`),
  );
  if (isThere) return;
  throw new AppError(
    "VALIDATION_ERROR",
    `${modelProvider} is not connected. Connect it in Settings, Models.`,
  );
}

async function forgetOldRuns(ctx: TxCtx, botId: string): Promise<void> {
  const finished = and(
    eq(evaluationRuns.tenantId, ctx.tenantId),
    eq(evaluationRuns.botId, botId),
    inArray(evaluationRuns.status, ["completed", "cancelled", "failed"]),
  );
  const newest = ctx.tx
    .select({ id: evaluationRuns.id })
    .from(evaluationRuns)
    .where(finished)
    .orderBy(desc(evaluationRuns.createdAt))
    .limit(keptRuns);
  await ctx.tx.delete(evaluationRuns).where(and(finished, notInArray(evaluationRuns.id, newest)));
}

function contentOf(row: queries.CaseRow): CaseContent {
  const { question, history, expects, goldAnswers, mustContain, goldDocumentId, goldQuote } = row;
  return { question, history, expects, goldAnswers, mustContain, goldDocumentId, goldQuote };
}
