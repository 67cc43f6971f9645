import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { describeCustomers, findCustomer, liveCustomerId, recogniseSigned } from "../../customers/index.ts";
import { joinCustomers } from "./merge-customers.ts";

/**
 * Makes a visitor known by what their page's server signed. Who was nobody yet is merged into whom the signature names,
 * so that what they wrote before comes along; who was somebody else (another person at the same browser) is left as
 * they were. The answer's token is the named customer's.
 */
export async function identifyVisitor(
  ctx: Ctx,
  { identityToken, origin }: { identityToken: string; origin: string | null },
): Promise<{ token: string; customerId: string }> {
  const { actor, tenantId } = ctx;
  if (actor.kind !== "visitor")
    throw new AppError("FORBIDDEN", "Only a widget's visitor is identified here.");
  const { widgetId, botId } = actor;
  const system: Ctx = { ...ctx, actor: { kind: "system", name: "signed-identity" } };
  const customerId = await inTx(system, async (ctx) => {
    const { customer } = await recogniseSigned(ctx, identityToken);
    const visitor = await liveCustomerId(ctx, actor.customerId);
    if (visitor === null || visitor === customer.id) return customer.id;
    const [known] = await describeCustomers(ctx, [await findCustomer(ctx, visitor)]);
    const isNobody = known?.identities.every(({ verifiedAt }) => verifiedAt === null) ?? false;
    if (isNobody) await joinCustomers(ctx, { sourceCustomerId: visitor, targetCustomerId: customer.id });
    return customer.id;
  });
  const token = await ctx.ports.visitorTokens.issue({ tenantId, widgetId, botId, customerId, origin });
  return { token, customerId };
}
