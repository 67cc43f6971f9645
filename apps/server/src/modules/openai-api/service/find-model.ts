import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { allBots, type BotRow, findBot, findNamedBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { Model } from "../openai-api.schema.ts";

/**
 * The bot that a request means. A key that is bound to one bot asks that one under whatever name, because
 * many clients insist on a model of their own, but not by the name of another of the tenant's bots.
 */
export async function findModel(ctx: TxCtx, name: string | undefined): Promise<BotRow> {
  assertCan(ctx.actor, "ask bots");
  const bound = boundTo(ctx);
  const named = name === undefined ? null : await findNamedBot(ctx, name);
  if (bound && (named === null || named.id === bound)) return findBot(ctx, bound);
  if (!bound && named) return named;
  throw new AppError(
    "NOT_FOUND",
    name === undefined
      ? "Say in `model` which bot to ask: GET /openai/v1/models lists those of this key."
      : `The model ${JSON.stringify(name)} is not among those of this key: GET /openai/v1/models lists them.`,
    { details: { param: "model" } },
  );
}

/** The bots that the caller may ask, each as a model. */
export async function listModels(ctx: Ctx): Promise<Model[]> {
  assertCan(ctx.actor, "ask bots");
  return inTx(ctx, async (ctx) => {
    const bound = boundTo(ctx);
    return (bound ? [await findBot(ctx, bound)] : await allBots(ctx)).map(toModel);
  });
}

/** One of them, by its public id or its id. */
export async function getModel(ctx: Ctx, name: string): Promise<Model> {
  return inTx(ctx, async (ctx) => toModel(await findModel(ctx, name)));
}

function boundTo(ctx: Ctx): string | null {
  return ctx.actor.kind === "apiKey" ? ctx.actor.botId : null;
}

function toModel(bot: BotRow): Model {
  return {
    id: bot.publicUrlId,
    object: "model",
    created: Math.floor(bot.createdAt.getTime() / 1000),
    owned_by: "parlance",
    parlance: { botId: bot.id, name: bot.name, description: bot.description },
  };
}
