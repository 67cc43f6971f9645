import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { describeCustomers, findCustomer, liveCustomerId, recogniseSigned } from "../../customers/index.ts";
import { joinCustomers } from "./merge-customers.ts";

/**
 * Makes a visitor known by what their page's server signed, and gives the customer whom it names. Who was nobody yet is
 * merged into that one and what they wrote before comes along, to be read on with the named customer's token: the browser
 * has proven to be both. Who was somebody else (another person at the same browser) is left as they were.
 */
export async function recogniseVisitor(
  ctx: TxCtx,
  { identityToken, visitorId }: { identityToken: string; visitorId: string | null },
): Promise<string> {
  const { customer } = await recogniseSigned(ctx, identityToken);
  const visitor = visitorId === null ? null : await liveCustomerId(ctx, visitorId);
  if (visitor === null || visitor === customer.id) return customer.id;
  const [known] = await describeCustomers(ctx, [await findCustomer(ctx, visitor)]);
  const isNobody = known?.identities.every(({ verifiedAt }) => verifiedAt === null) ?? false;
  const merge = { sourceCustomerId: visitor, targetCustomerId: customer.id };
  if (isNobody) await joinCustomers(ctx, merge, { isSameBrowser: true });
  return customer.id;
}

/** The same for whoever has a token already, who gets the named customer's in its place. */
export async function identifyVisitor(
  ctx: Ctx,
  { identityToken, origin }: { identityToken: string; origin: string | null },
): Promise<{ token: string; customerId: string }> {
  const { actor, tenantId } = ctx;
  if (actor.kind !== "visitor")
    throw new AppError("FORBIDDEN", "Only a widget's visitor is identified here.");
  const { widgetId, botId } = actor;
  const system: Ctx = { ...ctx, actor: { kind: "system", name: "signed-identity" } };
  const visitorId = actor.customerId;
  const customerId = await inTx(system, (ctx) => recogniseVisitor(ctx, { identityToken, visitorId }));
  const token = await ctx.ports.visitorTokens.issue({ tenantId, widgetId, botId, customerId, origin });
  return { token, customerId };
}
