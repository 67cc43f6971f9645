import { and, eq } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { type BotRow, findBot, findPrompt } from "../bots.queries.ts";
import type { GateState, PublishingGate } from "../bots.schema.ts";
import { botPromptChecks, bots } from "../bots.tables.ts";
import { instructionsOf } from "./bot-instructions.ts";
import { findVersion } from "./prompt-versions.ts";

/*
 * A bot may ask for evidence before a text goes to its customers. Who measures writes what a text came to
 * (`recordPromptCheck`); everything that would make another text the active one asks here first.
 */

/** Publishing in spite of the gate, which stands in the audit log with its reason. */
export interface GateOverride {
  reason: string;
}

/** What a text came to, by the bot's cases and with its own settings. Replaces what was found of it before. */
export async function recordPromptCheck(
  ctx: TxCtx,
  check: {
    botId: string;
    contentSha256: string;
    /** As `answeringSettings` said when the questions were written down. */
    settingsSha256: string;
    runId: string;
    passedCases: string[];
    failedCases: string[];
  },
): Promise<void> {
  const columns = { ...check, checkedAt: ctx.now() };
  await ctx.tx
    .insert(botPromptChecks)
    .values({ tenantId: ctx.tenantId, ...columns })
    .onConflictDoUpdate({
      target: [botPromptChecks.tenantId, botPromptChecks.botId, botPromptChecks.contentSha256],
      set: columns,
    });
}

/** A digest of all that a bot answers with beside its text: a check under other settings says nothing of these. */
export function answeringSettings(bot: BotRow): string {
  const { modelProvider, retrieval, unsupportedClaims, withholdBelow, judgeClaims } = bot;
  return sha256Hex(
    JSON.stringify([modelProvider, retrieval.topK, unsupportedClaims, withholdBelow, judgeClaims]),
  );
}

/** The text of a bot's prompt, in one version or the newest. Throws NOT_FOUND for another bot's. */
export async function promptText(
  ctx: TxCtx,
  input: { botId: string; promptId: string; version?: number | undefined },
): Promise<{ content: string; version: number }> {
  const prompt = await findPrompt(ctx, input.promptId);
  if (prompt.botId !== input.botId) throw notFound("The prompt");
  return findVersion(ctx, prompt, input.version ?? prompt.version);
}

/**
 * Throws EVALUATION_REQUIRED unless the bot's gate lets the text pass: the caller holds the bot's row and is about to
 * make it the active one. What is active already passes. With an override it passes too, and that is written down.
 */
export async function assertMayPublish(
  ctx: TxCtx,
  bot: BotRow,
  content: string,
  override: GateOverride | undefined,
): Promise<void> {
  const state = await gateState(ctx, bot, content);
  if (state.refusal === null) return;
  if (override) {
    await recordAudit(ctx, {
      action: "prompt.gate_overridden",
      subjectType: "bot",
      subjectId: bot.id,
      after: { reason: override.reason, refusal: state.refusal, contentSha256: state.contentSha256 },
    });
    return;
  }
  throw new AppError("EVALUATION_REQUIRED", sentences[state.refusal](state), { details: { ...state } });
}

/** What the gate would say to a text, or to a saved prompt; to the active text where neither is named. */
export async function checkGate(
  ctx: Ctx,
  input: { botId: string; promptId?: string | undefined; content?: string | undefined },
): Promise<GateState> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const bot = await findBot(ctx, input.botId);
    const { promptId } = input;
    const saved = promptId ? (await promptText(ctx, { botId: bot.id, promptId })).content : undefined;
    return gateState(ctx, bot, input.content ?? saved ?? (await instructionsOf(ctx, bot)).text);
  });
}

/** Null as the least pass rate takes the gate away. */
export async function setGate(ctx: Ctx, input: PublishingGate & { botId: string }): Promise<PublishingGate> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const before = gateOf(await findBot(ctx, input.botId, { lock: true }));
    const { minPassRate, maxRegressions } = input;
    await ctx.tx
      .update(bots)
      .set({
        publishMinPassRate: minPassRate,
        publishMaxRegressions: maxRegressions,
        updatedAt: ctx.now(),
      })
      .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, input.botId)));
    const after = { minPassRate, maxRegressions };
    await recordAudit(ctx, {
      action: "bot.gate_set",
      subjectType: "bot",
      subjectId: input.botId,
      before,
      after,
    });
    return after;
  });
}

function gateOf({ publishMinPassRate, publishMaxRegressions }: BotRow): PublishingGate {
  return { minPassRate: publishMinPassRate, maxRegressions: publishMaxRegressions };
}

async function gateState(ctx: TxCtx, bot: BotRow, content: string): Promise<GateState> {
  const contentSha256 = sha256Hex(content);
  const active = sha256Hex((await instructionsOf(ctx, bot)).text);
  const check = await findCheck(ctx, bot, contentSha256);
  const isActive = active === contentSha256;
  const baseline = isActive ? check : await findCheck(ctx, bot, active);
  const regressions = check && baseline ? regressionsOf(baseline, check) : null;
  const gate = gateOf(bot);
  const found = check && {
    runId: check.runId,
    passed: check.passedCases.length,
    total: check.passedCases.length + check.failedCases.length,
    regressions,
    checkedAt: check.checkedAt.toISOString(),
  };
  return { gate, contentSha256, isActive, check: found, refusal: refusalOf(gate, isActive, found) };
}

function refusalOf(
  { minPassRate, maxRegressions }: PublishingGate,
  isActive: boolean,
  check: GateState["check"],
): GateState["refusal"] {
  if (minPassRate === null || isActive) return null;
  if (!check) return "not_evaluated";
  if (check.passed < minPassRate * check.total - 1e-6) return "pass_rate"; // the column keeps a real
  if (check.regressions === null) return "active_not_evaluated";
  return check.regressions > maxRegressions ? "regressions" : null;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What is missing, and what to run. */
const sentences: Record<NonNullable<GateState["refusal"]>, (state: GateState) => string> = {
  not_evaluated: () =>
    "This text was not evaluated with the bot's present settings. Run an evaluation of it over all cases, then activate it.",
  active_not_evaluated: () =>
    "The active text was not evaluated with the bot's present settings, so nothing can be compared. Run an evaluation of it over all cases, then activate this one.",
  pass_rate: ({ gate, check }) =>
    `${check?.passed} of ${check?.total} cases passed with this text; the bot asks for ${percent(gate.minPassRate ?? 0)}. Change the text and run the evaluation again.`,
  regressions: ({ gate, check }) =>
    `Of the cases that the active text passes, ${check?.regressions} fail with this one; the bot allows ${gate.maxRegressions}. Change the text and run the evaluation again.`,
};

/** What was found of a text under the settings that the bot has now. */
async function findCheck(ctx: TxCtx, bot: BotRow, contentSha256: string) {
  const [row] = await ctx.tx
    .select()
    .from(botPromptChecks)
    .where(
      and(
        eq(botPromptChecks.tenantId, ctx.tenantId),
        eq(botPromptChecks.botId, bot.id),
        eq(botPromptChecks.contentSha256, contentSha256),
        eq(botPromptChecks.settingsSha256, answeringSettings(bot)),
      ),
    );
  return row ?? null;
}

/** Cases that passed before and fail now; what only one of both was asked says nothing. */
function regressionsOf(before: { passedCases: string[] }, after: { failedCases: string[] }): number {
  const failed = new Set(after.failedCases);
  return before.passedCases.filter((id) => failed.has(id)).length;
}
