import { and, eq, isNotNull, ne } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../bots.queries.ts";
import type { BotPrompt } from "../bots.schema.ts";
import { botPrompts, bots } from "../bots.tables.ts";
import { assertNewest, changePrompt, insertPrompt } from "./prompt-versions.ts";
import { assertMayPublish, type GateOverride } from "./publishing-gate.ts";

export async function createPrompt(
  ctx: Ctx,
  input: {
    botId: string;
    name: string;
    content: string;
    setActive: boolean;
    override?: GateOverride | undefined;
  },
): Promise<BotPrompt> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const bot = await queries.findBot(ctx, input.botId, { lock: true });
    await assertNameFree(ctx, input.botId, input.name);
    if (input.setActive) {
      await assertMayPublish(ctx, bot, input.content, input.override);
      await deactivateAll(ctx, input.botId);
      await leavePersonality(ctx, input.botId);
    }
    const row = await insertPrompt(ctx, {
      botId: input.botId,
      name: input.name,
      content: input.content,
      isActive: input.setActive,
    });
    await recordAudit(ctx, {
      action: "prompt.created",
      subjectType: "prompt",
      subjectId: row.id,
      after: { name: row.name, content: row.content, isActive: row.isActive },
    });
    return queries.toPrompt(row);
  });
}

export async function listPrompts(ctx: Ctx, input: { botId: string }): Promise<BotPrompt[]> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    await queries.findBot(ctx, input.botId);
    return (await queries.listPrompts(ctx, input.botId)).map(queries.toPrompt);
  });
}

export async function getPrompt(ctx: Ctx, input: { id: string }): Promise<BotPrompt> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => queries.toPrompt(await queries.findPrompt(ctx, input.id)));
}

/**
 * A change of name or text is the prompt's next version; what changes nothing writes none. With `baseVersion`, the
 * version that the caller read, a change that someone made since is not overwritten: throws CONFLICT.
 */
export async function updatePrompt(
  ctx: Ctx,
  input: {
    id: string;
    name?: string | undefined;
    content?: string | undefined;
    baseVersion?: number | undefined;
    override?: GateOverride | undefined;
  },
): Promise<BotPrompt> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const before = await queries.lockPrompt(ctx, input.id);
    await assertNewest(ctx, before, input.baseVersion);
    if (input.name !== undefined) await assertNameFree(ctx, before.botId, input.name, before.id);
    if (before.isActive && input.content !== undefined) {
      const bot = await queries.findBot(ctx, before.botId);
      await assertMayPublish(ctx, bot, input.content, input.override);
    }
    const after = await changePrompt(ctx, before, {
      name: input.name ?? before.name,
      content: input.content ?? before.content,
    });
    if (after.version !== before.version) {
      await recordAudit(ctx, {
        action: "prompt.updated",
        subjectType: "prompt",
        subjectId: after.id,
        before: { name: before.name, content: before.content, version: before.version },
        after: { name: after.name, content: after.content, version: after.version },
      });
    }
    return queries.toPrompt(after);
  });
}

/**
 * The bot answers by this prompt from now on, and by no other, nor by a personality. Throws EVALUATION_REQUIRED where
 * the bot asks for evidence that its text has not.
 */
export async function setActivePrompt(
  ctx: Ctx,
  input: { botId: string; promptId: string; override?: GateOverride | undefined },
): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const bot = await queries.findBot(ctx, input.botId, { lock: true });
    const prompt = await queries.findPrompt(ctx, input.promptId);
    if (prompt.botId !== input.botId) throw notFound("The prompt");
    await assertMayPublish(ctx, bot, prompt.content, input.override);
    await deactivateAll(ctx, input.botId);
    await leavePersonality(ctx, input.botId);
    await ctx.tx
      .update(botPrompts)
      .set({ isActive: true, updatedAt: ctx.now() })
      .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, prompt.id)));
    await recordAudit(ctx, {
      action: "prompt.activated",
      subjectType: "prompt",
      subjectId: prompt.id,
      after: { name: prompt.name },
    });
  });
}

/** The bot answers by the tenant's default personality from now on: its own prompts wait, and it names no other. */
export async function useDefaultPersonality(ctx: Ctx, input: { botId: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const bot = await queries.findBot(ctx, input.botId, { lock: true });
    await deactivateAll(ctx, bot.id);
    await leavePersonality(ctx, bot.id);
    await recordAudit(ctx, {
      action: "prompt.left",
      subjectType: "bot",
      subjectId: bot.id,
      before: { personalityId: bot.personalityId },
    });
  });
}

/** The active prompt cannot go: throws CONFLICT. */
export async function deletePrompt(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const prompt = await queries.lockPrompt(ctx, input.id);
    if (prompt.isActive) {
      throw new AppError("CONFLICT", "This is the active prompt. Activate another one before deleting it.");
    }
    await ctx.tx
      .delete(botPrompts)
      .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, prompt.id)));
    await recordAudit(ctx, {
      action: "prompt.deleted",
      subjectType: "prompt",
      subjectId: prompt.id,
      before: { name: prompt.name, content: prompt.content },
    });
  });
}

/** Holds because the bot's row is locked: two callers cannot both find the name free. */
async function assertNameFree(ctx: TxCtx, botId: string, name: string, except?: string): Promise<void> {
  if (!(await isNameTaken(ctx, botId, name, except))) return;
  throw new AppError(
    "PROMPT_NAME_TAKEN",
    `This bot has a prompt named "${name}" already. Choose another name.`,
  );
}

/** Whether another prompt of the bot has the name. */
export async function isNameTaken(
  ctx: TxCtx,
  botId: string,
  name: string,
  except?: string,
): Promise<boolean> {
  const taken = await ctx.tx
    .select({ id: botPrompts.id })
    .from(botPrompts)
    .where(
      and(
        eq(botPrompts.tenantId, ctx.tenantId),
        eq(botPrompts.botId, botId),
        eq(botPrompts.name, name),
        except ? ne(botPrompts.id, except) : undefined,
      ),
    );
  return taken.length > 0;
}

/** A bot has either a prompt of its own in use or a personality that it names. The caller holds the bot's row. */
async function leavePersonality(ctx: TxCtx, botId: string): Promise<void> {
  await ctx.tx
    .update(bots)
    .set({ personalityId: null })
    .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, botId), isNotNull(bots.personalityId)));
}

/** No prompt of the bot's own is in use any more. The caller holds the bot's row. */
export async function deactivateAll(ctx: TxCtx, botId: string): Promise<void> {
  await ctx.tx
    .update(botPrompts)
    .set({ isActive: false })
    .where(
      and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.botId, botId), eq(botPrompts.isActive, true)),
    );
}
