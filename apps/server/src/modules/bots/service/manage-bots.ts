import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { randomAlphanumeric } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  publishName,
  recordAudit,
  withdrawName,
  withdrawNamesOfBot,
} from "../../identity/index.ts";
import { createKnowledgeBase, deleteKnowledgeBase } from "../../knowledge/index.ts";
import { assertAdvancedRagConfig, assertRoom, lockPlanOf } from "../../plans/index.ts";
import { findTemplate, type Template } from "../../templates/index.ts";
import * as queries from "../bots.queries.ts";
import type { Bot, createBotSchema, ListBots, updateBotSchema } from "../bots.schema.ts";
import { bots, type RetrievalSettings } from "../bots.tables.ts";
import { findPersonality, hasDefault } from "../personalities.queries.ts";
import { defaultInstructions, instructionsOf } from "./bot-instructions.ts";
import { deactivateAll } from "./manage-prompts.ts";
import { insertPrompt } from "./prompt-versions.ts";
import { assertMayPublish } from "./publishing-gate.ts";

export const defaultRetrieval: RetrievalSettings = { chunkSize: 1000, overlap: 100, topK: 5 };

/**
 * A new bot with a knowledge base of its own, a first prompt and a public name. From a template it has the settings,
 * under those that the caller gives, and the prompt. Without one it answers by the tenant's default personality where
 * there is one, and its own prompt waits.
 */
export async function createBot(ctx: Ctx, input: z.infer<typeof createBotSchema>): Promise<Bot> {
  assertCan(ctx.actor, "manage bots");
  const template = input.templateId ? findTemplate(input.templateId, input.templateLocale) : null;
  if (input.templateId && !template) throw notFound("The template");
  return inTx(ctx, async (ctx) => {
    await assertRoom(ctx, "bots", { used: queries.countBots, adding: 1 });
    const id = newId();
    const at = ctx.now();
    const knowledgeBase = await createKnowledgeBase(ctx, input.name);
    const publicUrlId = randomAlphanumeric(12); // no dash, which begins an option on a command line
    const [row] = await ctx.tx
      .insert(bots)
      .values({
        tenantId: ctx.tenantId,
        id,
        name: input.name,
        description: input.description ?? null,
        publicUrlId,
        knowledgeBaseId: knowledgeBase.id,
        retrieval: await chooseRetrieval(ctx, startingRetrieval(template, input.ragConfig), input.ragConfig),
        modelProvider: input.activeLlmConfigProvider ?? null,
        templateId: template?.id ?? null,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The bot was not written.");
    await insertPrompt(ctx, {
      botId: id,
      name: template?.name ?? "Default",
      content: template?.sampleSystemPrompt ?? defaultInstructions,
      isActive: template !== null || !(await hasDefault(ctx)),
    });
    await publishName(ctx, "bot", publicUrlId, { botId: id });
    await recordAudit(ctx, {
      action: "bot.created",
      subjectType: "bot",
      subjectId: id,
      after: { name: row.name },
    });
    return describe(ctx, row);
  });
}

export async function listBots(ctx: Ctx, input: ListBots) {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.listBots(ctx, input);
    return { items: await queries.describeBots(ctx, rows), total };
  });
}

export async function getBot(ctx: Ctx, input: { id: string }): Promise<Bot> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => describe(ctx, await queries.findBot(ctx, input.id)));
}

export async function updateBot(ctx: Ctx, input: z.infer<typeof updateBotSchema>): Promise<Bot> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    if (input.personalityId) await lockPlanOf(ctx); // a personality is not deleted while a bot begins to name it
    const before = await queries.findBot(ctx, input.id, { lock: true });
    if (input.personalityId) await findPersonality(ctx, input.personalityId);
    if (input.personalityId !== undefined && input.personalityId !== before.personalityId) {
      const { text } = await instructionsOf(ctx, { ...before, personalityId: input.personalityId });
      await assertMayPublish(ctx, before, text, undefined);
    }
    if (input.personalityId) await deactivateAll(ctx, before.id);
    const set = {
      name: input.name ?? before.name,
      description: input.description === undefined ? before.description : input.description,
      retrieval: await chooseRetrieval(ctx, before.retrieval, input.ragConfig, before.templateId),
      modelProvider:
        input.activeLlmConfigProvider === undefined ? before.modelProvider : input.activeLlmConfigProvider,
      unsupportedClaims: input.unsupportedClaims ?? before.unsupportedClaims,
      withholdBelow: input.withholdBelow ?? before.withholdBelow,
      judgeClaims: input.judgeClaims ?? before.judgeClaims,
      publicPage: input.publicPage ?? before.publicPage,
      personalityId: input.personalityId === undefined ? before.personalityId : input.personalityId,
      updatedAt: ctx.now(),
    };
    const [row] = await ctx.tx
      .update(bots)
      .set(set)
      .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, before.id)))
      .returning();
    if (!row) throw notFound("The bot");
    await recordAudit(ctx, {
      action: "bot.updated",
      subjectType: "bot",
      subjectId: row.id,
      before: changeable(before),
      after: changeable(row),
    });
    return describe(ctx, row);
  });
}

/** With its knowledge base, prompts and widget. Conversations stay, without their bot. */
export async function deleteBot(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    await lockPlanOf(ctx); // new documents lock it too: none comes between what is found here and its end
    const bot = await queries.findBot(ctx, input.id, { lock: true });
    await ctx.tx.delete(bots).where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, bot.id)));
    await deleteKnowledgeBase(ctx, bot.knowledgeBaseId);
    await withdrawName(ctx, "bot", bot.publicUrlId); // published without its bot by older versions
    await withdrawNamesOfBot(ctx, bot.id);
    await recordAudit(ctx, {
      action: "bot.deleted",
      subjectType: "bot",
      subjectId: bot.id,
      before: changeable(bot),
    });
  });
}

/** What a new bot's settings change from. A template's overlap never makes the caller's own passage length wrong. */
function startingRetrieval(
  template: Template | null,
  change: z.infer<typeof createBotSchema>["ragConfig"],
): RetrievalSettings {
  if (!template) return defaultRetrieval;
  const { overlap, ...settings } = template.defaultRagConfig;
  const half = Math.floor((change?.chunkSize ?? settings.chunkSize) / 2);
  return { ...settings, overlap: Math.min(overlap, half) };
}

/**
 * The settings with the change in them. Others than `base`, the defaults and those of the bot's template take a
 * plan that allows them.
 */
async function chooseRetrieval(
  ctx: TxCtx,
  base: RetrievalSettings,
  change: Parameters<typeof mergeRetrieval>[1],
  templateId: string | null = null,
): Promise<RetrievalSettings> {
  const chosen = mergeRetrieval(base, change);
  const template = templateId ? findTemplate(templateId)?.defaultRagConfig : undefined;
  const isStandard = [base, defaultRetrieval, template].some((known) => isDeepStrictEqual(known, chosen));
  if (!isStandard) await assertAdvancedRagConfig(ctx);
  return chosen;
}

function mergeRetrieval(
  base: RetrievalSettings,
  change: { [Key in keyof RetrievalSettings]?: RetrievalSettings[Key] | undefined } | undefined,
): RetrievalSettings {
  const merged = {
    chunkSize: change?.chunkSize ?? base.chunkSize,
    overlap: change?.overlap ?? base.overlap,
    topK: change?.topK ?? base.topK,
  };
  if (merged.overlap * 2 > merged.chunkSize) {
    throw new AppError("VALIDATION_ERROR", "ragConfig.overlap may be half of ragConfig.chunkSize at most.");
  }
  return merged;
}

async function describe(ctx: TxCtx, row: queries.BotRow): Promise<Bot> {
  const [bot] = await queries.describeBots(ctx, [row]);
  if (!bot) throw notFound("The bot");
  return bot;
}

function changeable(row: queries.BotRow): Record<string, unknown> {
  const {
    name,
    description,
    retrieval,
    modelProvider,
    unsupportedClaims,
    withholdBelow,
    judgeClaims,
    publicPage,
    personalityId,
  } = row;
  return {
    name,
    description,
    retrieval,
    modelProvider,
    unsupportedClaims,
    withholdBelow,
    judgeClaims,
    publicPage,
    personalityId,
  };
}
