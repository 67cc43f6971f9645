import { eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertBotReady, type BotRow, findBot, firstReadyBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import type { portalSettingsSchema } from "../qa.schema.ts";
import { portalSettings } from "../qa.tables.ts";

type PortalSettings = z.output<typeof portalSettingsSchema>;

/** The bot that answers in the portal. Throws BOT_NOT_READY, which says what is lacking. */
export async function portalBot(ctx: TxCtx): Promise<BotRow> {
  const chosen = await chosenBotId(ctx);
  if (chosen) {
    const bot = await findBot(ctx, chosen);
    await assertBotReady(ctx, bot);
    return bot;
  }
  const first = await firstReadyBot(ctx);
  if (first) return first;
  throw new AppError(
    "BOT_NOT_READY",
    "No bot can answer here yet. Someone who manages bots must give one a document to answer from.",
  );
}

export async function getPortalSettings(ctx: Ctx): Promise<PortalSettings> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, describe);
}

/** From now on new conversations of the portal are with this bot; null: with the first that can answer. */
export async function updatePortalSettings(
  ctx: Ctx,
  { botId }: { botId: string | null },
): Promise<PortalSettings> {
  assertCan(ctx.actor, "manage portal");
  return inTx(ctx, async (ctx) => {
    const before = await chosenBotId(ctx);
    const at = ctx.now();
    if (botId) {
      await findBot(ctx, botId);
      await ctx.tx
        .insert(portalSettings)
        .values({ tenantId: ctx.tenantId, botId, createdAt: at, updatedAt: at })
        .onConflictDoUpdate({ target: portalSettings.tenantId, set: { botId, updatedAt: at } });
    } else {
      await ctx.tx.delete(portalSettings).where(eq(portalSettings.tenantId, ctx.tenantId));
    }
    if (before !== botId) {
      await recordAudit(ctx, {
        action: "portal.updated",
        subjectType: "portal",
        subjectId: ctx.tenantId,
        before: { botId: before },
        after: { botId },
      });
    }
    return describe(ctx);
  });
}

async function chosenBotId(ctx: TxCtx): Promise<string | null> {
  const [row] = await ctx.tx
    .select({ botId: portalSettings.botId })
    .from(portalSettings)
    .where(eq(portalSettings.tenantId, ctx.tenantId));
  return row?.botId ?? null;
}

async function describe(ctx: TxCtx): Promise<PortalSettings> {
  const botId = await chosenBotId(ctx);
  const bot = await portalBot(ctx).catch((error: unknown) => {
    if (isAppError(error) && error.code === "BOT_NOT_READY") return null;
    throw error;
  });
  return { botId, answeredBy: bot && { id: bot.id, name: bot.name } };
}
