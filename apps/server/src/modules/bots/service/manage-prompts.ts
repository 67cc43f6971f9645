import { and, eq, ne } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../bots.queries.ts";
import type { BotPrompt } from "../bots.schema.ts";
import { botPrompts } from "../bots.tables.ts";

export async function createPrompt(
  ctx: Ctx,
  input: { botId: string; name: string; content: string; setActive: boolean },
): Promise<BotPrompt> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    await queries.findBot(ctx, input.botId, { lock: true });
    await assertNameFree(ctx, input.botId, input.name);
    if (input.setActive) await deactivateAll(ctx, input.botId);
    const at = ctx.now();
    const [row] = await ctx.tx
      .insert(botPrompts)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        botId: input.botId,
        name: input.name,
        content: input.content,
        isActive: input.setActive,
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The prompt was not written.");
    await recordAudit(ctx, {
      action: "prompt.created",
      subjectType: "prompt",
      subjectId: row.id,
      after: { name: row.name, content: row.content, isActive: row.isActive },
    });
    return withoutTenant(row);
  });
}

export async function listPrompts(ctx: Ctx, input: { botId: string }): Promise<BotPrompt[]> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    await queries.findBot(ctx, input.botId);
    return (await queries.listPrompts(ctx, input.botId)).map(withoutTenant);
  });
}

export async function getPrompt(ctx: Ctx, input: { id: string }): Promise<BotPrompt> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => withoutTenant(await findPrompt(ctx, input.id)));
}

export async function updatePrompt(
  ctx: Ctx,
  input: { id: string; name?: string | undefined; content?: string | undefined },
): Promise<BotPrompt> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const { botId } = await findPrompt(ctx, input.id);
    await queries.findBot(ctx, botId, { lock: true });
    const before = await findPrompt(ctx, input.id);
    if (input.name !== undefined) await assertNameFree(ctx, botId, input.name, before.id);
    const [row] = await ctx.tx
      .update(botPrompts)
      .set({
        name: input.name ?? before.name,
        content: input.content ?? before.content,
        updatedAt: ctx.now(),
      })
      .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, before.id)))
      .returning();
    if (!row) throw notFound("The prompt");
    await recordAudit(ctx, {
      action: "prompt.updated",
      subjectType: "prompt",
      subjectId: row.id,
      before: { name: before.name, content: before.content },
      after: { name: row.name, content: row.content },
    });
    return withoutTenant(row);
  });
}

/** The bot answers by this prompt from now on, and by no other. */
export async function setActivePrompt(ctx: Ctx, input: { botId: string; promptId: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    await queries.findBot(ctx, input.botId, { lock: true });
    const prompt = await findPrompt(ctx, input.promptId);
    if (prompt.botId !== input.botId) throw notFound("The prompt");
    await deactivateAll(ctx, input.botId);
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

/** The active prompt cannot go: throws CONFLICT. */
export async function deletePrompt(ctx: Ctx, input: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const { botId } = await findPrompt(ctx, input.id);
    await queries.findBot(ctx, botId, { lock: true });
    const prompt = await findPrompt(ctx, input.id);
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

type PromptRow = typeof botPrompts.$inferSelect;

async function findPrompt(ctx: TxCtx, id: string): Promise<PromptRow> {
  const [row] = await ctx.tx
    .select()
    .from(botPrompts)
    .where(and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.id, id)));
  if (!row) throw notFound("The prompt");
  return row;
}

/** Holds because the bot's row is locked: two callers cannot both find the name free. */
async function assertNameFree(ctx: TxCtx, botId: string, name: string, except?: string): Promise<void> {
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
  if (taken.length > 0) {
    throw new AppError(
      "PROMPT_NAME_TAKEN",
      `This bot has a prompt named "${name}" already. Choose another name.`,
    );
  }
}

async function deactivateAll(ctx: TxCtx, botId: string): Promise<void> {
  await ctx.tx
    .update(botPrompts)
    .set({ isActive: false })
    .where(
      and(eq(botPrompts.tenantId, ctx.tenantId), eq(botPrompts.botId, botId), eq(botPrompts.isActive, true)),
    );
}

function withoutTenant({ tenantId: _tenant, ...prompt }: PromptRow): BotPrompt {
  return prompt;
}
