import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findCustomer } from "../../customers/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { TimelineItem } from "../customer-care.schema.ts";
import { timelineOf } from "../timeline.queries.ts";

/** A page of all that happened with a customer, over every channel: what was said, noted, linked and merged. */
export async function readTimeline(
  ctx: Ctx,
  input: { customerId: string; page: number; pageSize: number },
): Promise<{ items: TimelineItem[]; total: number }> {
  assertCan(ctx.actor, "read customers");
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    await findCustomer(ctx, input.customerId);
    return timelineOf(ctx, input);
  });
}
