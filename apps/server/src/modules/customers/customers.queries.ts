import {
  and,
  arrayContains,
  asc,
  count,
  desc,
  eq,
  exists,
  ilike,
  inArray,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { containing, countedUpTo, type PageStart } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { Customer, CustomerFilter } from "./customers.schema.ts";
import { customerIdentities, customerMerges, customers } from "./customers.tables.ts";

export type CustomerRow = typeof customers.$inferSelect;
export type IdentityRow = typeof customerIdentities.$inferSelect;
export type MergeRow = typeof customerMerges.$inferSelect;

export async function findCustomer(
  ctx: TxCtx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<CustomerRow> {
  const query = ctx.tx
    .select()
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, id)));
  const [row] = lock ? await query.for("update") : await query;
  if (!row) throw notFound("The customer");
  return row;
}

/** Both of them, locked in the order of their ids, so that no two merges wait for each other. */
export async function lockPair(
  ctx: TxCtx,
  ids: readonly [string, string],
): Promise<Map<string, CustomerRow>> {
  const rows = new Map<string, CustomerRow>();
  for (const id of [...ids].sort()) rows.set(id, await findCustomer(ctx, id, { lock: true }));
  return rows;
}

/**
 * Who a customer is now: they themselves, or whom they were merged into. Null where nothing is known of them any more.
 * Until the caller's transaction ends nobody merges them.
 */
export async function liveCustomerId(ctx: TxCtx, id: string): Promise<string | null> {
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next); ) {
    seen.add(next);
    const [row] = await ctx.tx
      .select({ mergedIntoId: customers.mergedIntoId })
      .from(customers)
      .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, next)))
      .for("key share");
    if (!row) return null;
    if (row.mergedIntoId === null) return next;
    next = row.mergedIntoId;
  }
  return null;
}

/** Those who stand for themselves and match a filter, as a condition. */
export function listed(ctx: TxCtx, { search, ...filter }: CustomerFilter): SQL | undefined {
  const pattern = search && containing(search);
  return and(
    eq(customers.tenantId, ctx.tenantId),
    isNull(customers.mergedIntoId),
    filter.status ? eq(customers.status, filter.status) : undefined,
    filter.slaTier ? eq(customers.slaTier, filter.slaTier) : undefined,
    filter.tags?.length ? arrayContains(customers.tags, filter.tags) : undefined,
    filter.segments?.length ? arrayContains(customers.segments, filter.segments) : undefined,
    pattern
      ? or(
          ilike(customers.name, pattern),
          ilike(customers.email, pattern),
          ilike(customers.phone, pattern),
          exists(
            ctx.tx
              .select({ one: sql`1` })
              .from(customerIdentities)
              .where(
                and(
                  eq(customerIdentities.tenantId, customers.tenantId),
                  eq(customerIdentities.customerId, customers.id),
                  inArray(customerIdentities.kind, ["email", "phone"]),
                  ilike(customerIdentities.value, pattern),
                ),
              ),
          ),
        )
      : undefined,
  );
}

/** A page of customers, the newest first: ids grow with time, and the key serves it. */
export async function pageOfCustomers(
  ctx: TxCtx,
  where: SQL | undefined,
  { after, offset, limit }: PageStart<string>,
): Promise<CustomerRow[]> {
  return ctx.tx
    .select()
    .from(customers)
    .where(and(where, after ? lt(customers.id, after) : undefined))
    .orderBy(desc(customers.id))
    .offset(offset)
    .limit(limit);
}

/** How many there are, up to `countedUpTo`. */
export async function countCustomers(ctx: TxCtx, where: SQL | undefined): Promise<number> {
  const some = ctx.tx
    .select({ one: sql`1`.as("one") })
    .from(customers)
    .where(where)
    .limit(countedUpTo)
    .as("some");
  const [row] = await ctx.tx.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

export async function identitiesOf(ctx: TxCtx, customerIds: string[]): Promise<IdentityRow[]> {
  if (customerIds.length === 0) return [];
  return ctx.tx
    .select()
    .from(customerIdentities)
    .where(
      and(eq(customerIdentities.tenantId, ctx.tenantId), inArray(customerIdentities.customerId, customerIds)),
    )
    .orderBy(asc(customerIdentities.createdAt), asc(customerIdentities.id));
}

export async function findIdentity(
  ctx: TxCtx,
  { kind, provider, value }: Pick<IdentityRow, "kind" | "provider" | "value">,
): Promise<IdentityRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(customerIdentities)
    .where(
      and(
        eq(customerIdentities.tenantId, ctx.tenantId),
        eq(customerIdentities.kind, kind),
        eq(customerIdentities.provider, provider),
        eq(customerIdentities.value, value),
      ),
    );
  return row ?? null;
}

/** The merges that stand into a customer, the latest first. */
export async function standingMerges(ctx: TxCtx, targetId: string): Promise<MergeRow[]> {
  return ctx.tx
    .select()
    .from(customerMerges)
    .where(
      and(
        eq(customerMerges.tenantId, ctx.tenantId),
        eq(customerMerges.targetId, targetId),
        isNull(customerMerges.undoneAt),
      ),
    )
    .orderBy(desc(customerMerges.targetVersion));
}

/** Customers with their identities, in the order of the rows. */
export async function describeCustomers(ctx: TxCtx, rows: CustomerRow[]): Promise<Customer[]> {
  const identities = Map.groupBy(
    await identitiesOf(
      ctx,
      rows.map(({ id }) => id),
    ),
    ({ customerId }) => customerId,
  );
  return rows.map(({ tenantId: _, ...row }) => ({
    ...row,
    identities: (identities.get(row.id) ?? []).map(
      ({ id, kind, provider, value, verifiedAt, source, mergeId, evidence, createdAt }) => ({
        id,
        kind,
        provider: provider || null,
        value,
        verifiedAt,
        source,
        mergeId,
        linkedBy: { kind: evidence.actorKind, id: evidence.actorId },
        createdAt,
      }),
    ),
  }));
}
