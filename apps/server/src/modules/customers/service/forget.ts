import { and, eq, inArray } from "drizzle-orm";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { forgetTextsTo } from "../../communication/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { forgetMailsTo } from "../../mail/index.ts";
import { customerErased } from "../customers.events.ts";
import { type CustomerRow, findCustomer, identitiesOf } from "../customers.queries.ts";
import { customerCodes, customers } from "../customers.tables.ts";
import { toldOf } from "./keep-customer.ts";

/** The customer and all who were merged into them, whose row each is locked. */
async function withMerged(ctx: TxCtx, customerId: string): Promise<CustomerRow[]> {
  const found = [await findCustomer(ctx, customerId, { lock: true })];
  for (let ids = [customerId]; ids.length > 0; ) {
    const merged = await ctx.tx
      .select()
      .from(customers)
      .where(and(eq(customers.tenantId, ctx.tenantId), inArray(customers.mergedIntoId, ids)))
      .for("update");
    found.push(...merged);
    ids = merged.map(({ id }) => id);
  }
  return found;
}

/** By what a customer could be recognised in a text: names, addresses, numbers; of those merged into them as well. */
export async function personalWords(ctx: TxCtx, customerId: string): Promise<string[]> {
  const rows = await withMerged(ctx, customerId);
  const identities = await identitiesOf(
    ctx,
    rows.map(({ id }) => id),
  );
  const words = [
    ...rows.flatMap(({ name, email, phone }) => [name, email, phone]),
    ...identities.map(({ value }) => value),
  ];
  return [...new Set(words.flatMap((word) => (word !== null && word.length >= 3 ? [word] : [])))];
}

/**
 * Removes all that is known of a customer, with those who were merged into them, the merges, the codes, and the mails
 * and texts that went to them. The caller has taken their conversations away before, in the same transaction.
 */
export async function forgetCustomer(ctx: TxCtx, customerId: string): Promise<{ ids: string[] }> {
  assertCan(ctx.actor, "erase customers");
  const rows = await withMerged(ctx, customerId);
  const ids = rows.map(({ id }) => id);
  const identities = await identitiesOf(ctx, ids);
  const codes = await ctx.tx
    .select({ address: customerCodes.address })
    .from(customerCodes)
    .where(and(eq(customerCodes.tenantId, ctx.tenantId), inArray(customerCodes.customerId, ids)));
  const reached = new Set([
    ...identities.flatMap(({ kind, value }) => (kind === "email" || kind === "phone" ? [value] : [])),
    ...rows.flatMap(({ email, phone }) => [email, phone].filter((address) => address !== null)),
    ...codes.map(({ address }) => address),
  ]);
  await forgetMailsTo(ctx, [...reached]);
  await forgetTextsTo(ctx, [...reached]);
  // identities, merges and codes go with their rows
  await ctx.tx.delete(customers).where(and(eq(customers.tenantId, ctx.tenantId), inArray(customers.id, ids)));
  const [row] = rows;
  await recordAudit(ctx, {
    action: "customer.erased",
    subjectType: "customer",
    subjectId: customerId,
    ...(row ? { before: toldOf(row) } : {}),
    after: { erased: ids.length, identities: identities.length },
  });
  await emit(ctx, customerErased, { customerId, at: ctx.now().toISOString() });
  return { ids };
}
