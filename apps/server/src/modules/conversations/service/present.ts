import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { can } from "../../identity/index.ts";
import { heartbeat, leave } from "../../presence/index.ts";

/** Milliseconds between two signs of an open inbox. */
const beatEvery = 30_000;

/**
 * Counts whoever answers conversations as there until `signal` aborts: for an open inbox or a live socket. Resolves once
 * it has been told that they left; a failure is logged and never ends what they follow.
 */
export async function keepPresent(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user" || !can(actor, "answer conversations")) return;
  const tell = async (what: (ctx: TxCtx, userId: string) => Promise<void>) => {
    try {
      await inTx(ctx, (ctx) => what(ctx, actor.userId));
    } catch (error) {
      ctx.log.warn({ error, userId: actor.userId }, "a presence was not written");
    }
  };
  await tell(heartbeat);
  for await (const _ of ctx.ticker(beatEvery, signal)) await tell(heartbeat);
  await tell(leave);
}
