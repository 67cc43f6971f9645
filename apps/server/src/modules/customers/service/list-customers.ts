import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { describeCustomers, searchCustomers } from "../customers.queries.ts";
import type { Customer, CustomerFilter } from "../customers.schema.ts";

/** A page of the customers, the newest first; those who were merged into another are not among them. */
export async function listCustomers(
  ctx: Ctx,
  input: CustomerFilter & { page: number; pageSize: number },
): Promise<{ items: Customer[]; total: number }> {
  assertCan(ctx.actor, "read customers");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await searchCustomers(ctx, input);
    return { items: await describeCustomers(ctx, rows), total };
  });
}
