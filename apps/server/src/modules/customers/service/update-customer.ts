import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { customerUpdated } from "../customers.events.ts";
import { type CustomerRow, findCustomer } from "../customers.queries.ts";
import type { Customer, CustomerFields, IdentityLists } from "../customers.schema.ts";
import { assertStandsAlone, changeRow, describeOne, shownAddresses, toldOf } from "./keep-customer.ts";
import { linkIdentity, setIdentities } from "./link-identity.ts";

/**
 * Changes what is named of a customer: all of it or nothing. With `version`, only while nobody changed them since:
 * throws CONFLICT otherwise.
 */
export async function updateCustomer(
  ctx: Ctx,
  {
    customerId,
    version,
    identities,
    ...fields
  }: CustomerFields & {
    customerId: string;
    version?: number | undefined;
    identities?: IdentityLists | undefined;
  },
): Promise<Customer> {
  assertCan(ctx.actor, "manage customers");
  return inTx(ctx, async (ctx) => {
    const before = await findCustomer(ctx, customerId, { lock: true });
    assertStandsAlone(before);
    if (version !== undefined && version !== before.version) {
      throw new AppError("CONFLICT", "Somebody changed this customer meanwhile. Load them again.", {
        details: { version: before.version },
      });
    }
    const kinds = await setIdentities(ctx, customerId, identities ?? {});
    const change = { ...definedOf(fields), ...(kinds.length > 0 ? await shownAddresses(ctx, before) : {}) };
    return describeOne(ctx, await keepChange(ctx, before, change, kinds));
  });
}

/** Writes a change with its audit and its event. Nothing is written where all is as it was. */
export async function keepChange(
  ctx: TxCtx,
  before: CustomerRow,
  change: Partial<CustomerRow>,
  identities: string[] = [],
): Promise<CustomerRow> {
  const changed = [
    ...Object.entries(change).flatMap(([name, value]) =>
      JSON.stringify(value) === JSON.stringify(Reflect.get(before, name)) ? [] : [name],
    ),
    ...identities.map((kind) => `identities.${kind}`),
  ];
  if (changed.length === 0) return before;
  const row = await changeRow(ctx, before, change);
  await recordAudit(ctx, {
    action: "customer.updated",
    subjectType: "customer",
    subjectId: row.id,
    before: toldOf(before),
    after: { ...toldOf(row), changed },
  });
  await emit(ctx, customerUpdated, { customerId: row.id, changed, at: ctx.now().toISOString() });
  return row;
}

/** Keeps the address that a visitor typed. Where it is another customer's already, it is only what lists show. */
export async function keepTypedEmail(
  ctx: TxCtx,
  { customerId, email, conversationId }: { customerId: string; email: string; conversationId: string },
): Promise<void> {
  const before = await findCustomer(ctx, customerId, { lock: true });
  const typed = { kind: "email", value: email, source: "typed", conversationId } as const;
  const { isTheirs } = await linkIdentity(ctx, customerId, typed);
  await keepChange(ctx, before, { email: email.trim().toLowerCase() }, isTheirs ? ["email"] : []);
}

function definedOf(fields: CustomerFields): Partial<CustomerRow> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
