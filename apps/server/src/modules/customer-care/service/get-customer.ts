import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { DeepPages, type PageNumber, totalOf } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type CustomerRow, describeCustomers, findCustomer } from "../../customers/index.ts";
import { assertCan, can } from "../../identity/index.ts";
import {
  type ConversationEnd,
  conversationsOf,
  countConversationsOf,
  mergedInto,
  statsOf,
} from "../conversations-of.queries.ts";
import type { ConversationBrief, CustomerDetail } from "../customer-care.schema.ts";

const recent = 5;

const pages = new DeepPages<ConversationEnd>();

/** All that is known of a customer, with their latest conversations. */
export async function getCustomer(ctx: Ctx, { customerId }: { customerId: string }): Promise<CustomerDetail> {
  assertCan(ctx.actor, "read customers");
  return inTx(ctx, async (ctx) => describeCustomer(ctx, await findCustomer(ctx, customerId)));
}

export async function describeCustomer(ctx: TxCtx, row: CustomerRow): Promise<CustomerDetail> {
  const [customer] = await describeCustomers(ctx, [row]);
  if (!customer) throw new AppError("INTERNAL", "The customer is not described.");
  const mayRead = can(ctx.actor, "read conversations");
  return {
    ...customer,
    stats: await statsOf(ctx, row.id),
    recentConversations: mayRead
      ? await conversationsOf(ctx, row.id, { after: null, offset: 0, limit: recent })
      : [],
    merged: await mergedInto(ctx, row.id),
  };
}

/** A page of a customer's conversations, the newest first. */
export async function listConversationsOf(
  ctx: Ctx,
  { customerId, page, pageSize }: PageNumber & { customerId: string },
): Promise<{ items: ConversationBrief[]; total: number; isTotalExact: boolean }> {
  assertCan(ctx.actor, "read customers");
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    await findCustomer(ctx, customerId);
    const items = await pages.read(
      [ctx.tenantId, idOfActor(ctx.actor), customerId],
      { page, pageSize },
      (start) => conversationsOf(ctx, customerId, start),
      ({ createdAt, id }) => ({ createdAt, id }),
    );
    const total = await totalOf({ page, pageSize }, items.length, async () => ({
      n: await countConversationsOf(ctx, customerId),
    }));
    return { items, ...total };
  });
}
