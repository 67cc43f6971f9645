import { and, eq } from "drizzle-orm";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { type CustomerRow, describeCustomers, identitiesOf } from "../customers.queries.ts";
import type { Customer } from "../customers.schema.ts";
import { customers } from "../customers.tables.ts";
import type { Profile } from "../customers.types.ts";

/** Changes a customer whose row the caller has locked. */
export async function changeRow(
  ctx: TxCtx,
  row: CustomerRow,
  change: Partial<CustomerRow>,
): Promise<CustomerRow> {
  const [changed] = await ctx.tx
    .update(customers)
    .set({ ...change, version: row.version + 1, updatedAt: ctx.now() })
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, row.id)))
    .returning();
  if (!changed) throw notFound("The customer");
  return changed;
}

/** The address and the number that lists show: the present ones while they are theirs, else the first linked. */
export async function shownAddresses(
  ctx: TxCtx,
  row: Pick<CustomerRow, "id" | "email" | "phone">,
): Promise<{ email: string | null; phone: string | null }> {
  const identities = await identitiesOf(ctx, [row.id]);
  const pick = (kind: "email" | "phone", present: string | null) => {
    const values = identities.flatMap((identity) => (identity.kind === kind ? [identity.value] : []));
    return present !== null && values.includes(present) ? present : (values[0] ?? null);
  };
  return { email: pick("email", row.email), phone: pick("phone", row.phone) };
}

export async function describeOne(ctx: TxCtx, row: CustomerRow): Promise<Customer> {
  const [customer] = await describeCustomers(ctx, [row]);
  if (!customer) throw new AppError("INTERNAL", "The customer is not described.");
  return customer;
}

/** Nobody changes a customer who was merged into another: that one is changed. */
export function assertStandsAlone(row: CustomerRow): void {
  if (row.mergedIntoId === null) return;
  throw new AppError(
    "CONFLICT",
    "This customer was merged into another one. Change that one, or undo the merge.",
    {
      details: { mergedIntoId: row.mergedIntoId },
    },
  );
}

/**
 * What the audit log may say of a customer: it keeps for ever what is written there, so that no personal data goes in.
 * Of a name or an address it says whether there is one.
 */
export function toldOf(row: CustomerRow): Record<string, unknown> {
  const personal = ["name", "email", "phone", "company", "avatarUrl", "locale"] as const;
  return {
    status: row.status,
    slaTier: row.slaTier,
    tags: row.tags,
    segments: row.segments,
    riskFlags: row.riskFlags,
    known: personal.filter((field) => row[field] !== null),
    mergedIntoId: row.mergedIntoId,
    version: row.version,
  };
}

export function profileOf(row: CustomerRow): Profile {
  const { name, email, phone, company, avatarUrl, locale, slaTier, tags, segments, riskFlags, metadata } =
    row;
  return { name, email, phone, company, avatarUrl, locale, slaTier, tags, segments, riskFlags, metadata };
}
