import type { Ctx } from "../../../ports/index.ts";
import { type Bot, countBots, describeBots, sliceOfBots } from "../../bots/index.ts";
import { assertPlatformAdmin, tenantsWithBots } from "../../identity/index.ts";
import { inTenant } from "./in-tenant.ts";

export type BotOfTenant = Bot & { tenant: { id: string; name: string } };

/**
 * A page of the bots of every tenant: tenants by age, in each the newest bot first. How many bots a tenant has
 * stands in the directory of public names, so that only those on the page are opened; a search opens each.
 */
export async function listAllBots(
  ctx: Ctx,
  { page, pageSize, search }: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ items: BotOfTenant[]; total: number }> {
  assertPlatformAdmin(ctx.actor);
  const items: BotOfTenant[] = [];
  let total = 0; // of the tenants so far: where the next one's bots begin
  for (const { id, name, bots } of await tenantsWithBots(ctx.db)) {
    const has = search ? await inTenant(ctx, id, (ctx) => countBots(ctx, search)) : bots;
    const offset = Math.max(0, (page - 1) * pageSize - total);
    const limit = Math.min(has - offset, pageSize - items.length);
    if (limit > 0) {
      const found = await inTenant(ctx, id, async (ctx) =>
        describeBots(ctx, await sliceOfBots(ctx, { search, offset, limit })),
      );
      // they are looked at here, and changed by their own people
      items.push(
        ...found.map((bot) => ({ ...bot, tenant: { id, name }, can: { update: false, remove: false } })),
      );
    }
    total += has;
  }
  return { items, total };
}
