import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { giveToCustomer, lockConversationsOf } from "../../conversations/index.ts";
import { findCustomer, foldCustomers, unfoldCustomers } from "../../customers/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { CustomerDetail } from "../customer-care.schema.ts";
import { describeCustomer } from "./get-customer.ts";

interface Merge {
  sourceCustomerId: string;
  targetCustomerId: string;
}

/**
 * Makes two customers one: identities and conversations of the source become the target's, who is answered. All of it
 * in one transaction. Visitors keep what they see: each their own conversations, and none of the other's.
 */
export async function mergeCustomers(ctx: Ctx, merge: Merge): Promise<CustomerDetail> {
  assertMayMerge(ctx);
  return inTx(ctx, async (ctx) => {
    await joinCustomers(ctx, merge);
    return describeCustomer(ctx, await findCustomer(ctx, merge.targetCustomerId));
  });
}

/**
 * The same within the caller's transaction and by the caller's right. Of the same browser, what the source's visitor held
 * the target's holds from now on.
 */
export async function joinCustomers(
  ctx: TxCtx,
  { sourceCustomerId: sourceId, targetCustomerId: targetId }: Merge,
  { isSameBrowser = false }: { isSameBrowser?: boolean } = {},
): Promise<void> {
  // conversations before customers, in which order they are locked everywhere
  const moving = sourceId === targetId ? [] : await lockConversationsOf(ctx, sourceId);
  const moved = moving.map(({ id, visitorId }) => ({ id, visitorId }));
  await foldCustomers(ctx, { sourceId, targetId, conversations: moved });
  // the source is locked and merged by now, so that these are all: also one that began a moment ago
  for (const conversation of await lockConversationsOf(ctx, sourceId)) {
    const visitorId = isSameBrowser ? null : (conversation.visitorId ?? sourceId);
    await giveToCustomer(ctx, conversation, { customerId: targetId, visitorId });
  }
}

/**
 * Parts two customers who were merged: identities and conversations go back, also those that the source's visitor began
 * since. The source is answered. Merges into the same customer are undone in turn, the latest first.
 */
export async function unmergeCustomers(
  ctx: Ctx,
  { sourceCustomerId: sourceId, targetCustomerId: targetId }: Merge,
): Promise<CustomerDetail> {
  assertMayMerge(ctx);
  return inTx(ctx, async (ctx) => {
    const theirs = sourceId === targetId ? [] : await lockConversationsOf(ctx, targetId);
    const { snapshot } = await unfoldCustomers(ctx, { sourceId, targetId });
    const before = new Map(snapshot.conversations.map(({ id, visitorId }) => [id, visitorId]));
    for (const conversation of theirs) {
      const { id, visitorId } = conversation;
      if (!before.has(id) && visitorId !== sourceId) continue;
      await giveToCustomer(ctx, conversation, { customerId: sourceId, visitorId: before.get(id) ?? null });
    }
    return describeCustomer(ctx, await findCustomer(ctx, sourceId));
  });
}

function assertMayMerge(ctx: Ctx): void {
  assertCan(ctx.actor, "manage customers");
  assertCan(ctx.actor, "read conversations");
}
