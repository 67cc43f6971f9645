import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import type { CustomerRow } from "../customers.queries.ts";
import type { Customer, CustomerFields, IdentityLists } from "../customers.schema.ts";
import { customers } from "../customers.tables.ts";
import { changeRow, describeOne, shownAddresses, toldOf } from "./keep-customer.ts";
import { setIdentities } from "./link-identity.ts";

/** A customer of whom nothing is known yet but that they opened the widget. */
export async function createCustomer(ctx: TxCtx, input: { locale: string | null }): Promise<{ id: string }> {
  return insertCustomer(ctx, input);
}

/** A customer as colleagues or the tenant's own programs know them: by a name or something to recognise them by. */
export async function addCustomer(
  ctx: Ctx,
  { identities = {}, ...fields }: CustomerFields & { identities?: IdentityLists | undefined },
): Promise<Customer> {
  assertCan(ctx.actor, "manage customers");
  return inTx(ctx, async (ctx) => {
    const made = await insertCustomer(ctx, fields);
    const kinds = await setIdentities(ctx, made.id, identities);
    if (made.name === null && kinds.length === 0) {
      throw new AppError("VALIDATION_ERROR", "Give a name or something to know them by: an e-mail, say.");
    }
    const row = kinds.length > 0 ? await changeRow(ctx, made, await shownAddresses(ctx, made)) : made;
    await recordAudit(ctx, {
      action: "customer.created",
      subjectType: "customer",
      subjectId: row.id,
      after: toldOf(row),
    });
    return describeOne(ctx, row);
  });
}

export async function insertCustomer(
  ctx: TxCtx,
  { name = null, company = null, avatarUrl = null, locale = null, slaTier = null, ...lists }: CustomerFields,
): Promise<CustomerRow> {
  const [row] = await ctx.tx
    .insert(customers)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      name,
      company,
      avatarUrl,
      locale,
      slaTier,
      ...lists,
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The customer was not written.");
  return row;
}
