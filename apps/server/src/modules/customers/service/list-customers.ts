import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { DeepPages, type PageNumber, totalOf } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { countCustomers, describeCustomers, listed, pageOfCustomers } from "../customers.queries.ts";
import type { Customer, CustomerFilter } from "../customers.schema.ts";

const pages = new DeepPages<string>();

/** A page of the customers, the newest first; those who were merged into another are not among them. */
export async function listCustomers(
  ctx: Ctx,
  { page, pageSize, search, status, slaTier, tags, segments }: CustomerFilter & PageNumber,
): Promise<{ items: Customer[]; total: number; isTotalExact: boolean }> {
  assertCan(ctx.actor, "read customers");
  return inTx(ctx, async (ctx) => {
    const filter = { search, status, slaTier, tags, segments };
    const where = listed(ctx, filter);
    const rows = await pages.read(
      [ctx.tenantId, idOfActor(ctx.actor), filter],
      { page, pageSize },
      (start) => pageOfCustomers(ctx, where, start),
      (last) => last.id,
    );
    const total = await totalOf({ page, pageSize }, rows.length, async () => ({
      n: await countCustomers(ctx, where),
    }));
    return { items: await describeCustomers(ctx, rows), ...total };
  });
}
