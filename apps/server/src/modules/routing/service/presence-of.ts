import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { type Presence, presenceOf as readPresence } from "../../presence/index.ts";

/** How each of these people stands at the moment. */
export async function presenceOf(ctx: Ctx, userIds: readonly string[]): Promise<Map<string, Presence>> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, (ctx) => readPresence(ctx, userIds));
}
