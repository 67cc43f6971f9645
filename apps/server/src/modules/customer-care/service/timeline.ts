import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { DeepPages, type PageNumber, totalOf } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findCustomer } from "../../customers/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { TimelineItem } from "../customer-care.schema.ts";
import { countTimeline, pageOfTimeline, type TimelineEnd } from "../timeline.queries.ts";

const pages = new DeepPages<TimelineEnd>();

/** A page of all that happened with a customer, over every channel: what was said, noted, linked and merged. */
export async function readTimeline(
  ctx: Ctx,
  { customerId, page, pageSize }: PageNumber & { customerId: string },
): Promise<{ items: TimelineItem[]; total: number; isTotalExact: boolean }> {
  assertCan(ctx.actor, "read customers");
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    await findCustomer(ctx, customerId);
    const items = await pages.read(
      [ctx.tenantId, idOfActor(ctx.actor), customerId],
      { page, pageSize },
      (start) => pageOfTimeline(ctx, customerId, start),
      ({ at, id }) => ({ at, id }),
    );
    const total = await totalOf({ page, pageSize }, items.length, async () => ({
      n: await countTimeline(ctx, customerId),
    }));
    return { items, ...total };
  });
}
