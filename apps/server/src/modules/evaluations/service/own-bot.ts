import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";

/** An API key that is bound to a bot sees no other one. */
export function assertOwnBot(ctx: Ctx, botId: string): void {
  const { actor } = ctx;
  if (actor.kind === "apiKey" && actor.botId !== null && actor.botId !== botId) throw notFound("The bot");
}
