import { arrayOverlaps, eq } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import { tenants } from "./identity.tables.ts";

/** The hosts that a tenant as a whole allows; empty: any. In a transaction, whose role is lifted for it. */
export async function tenantDomains(tenantId: string): Promise<string[]> {
  const [row] = await asSystem((tx) =>
    tx.select({ domains: tenants.allowedDomains }).from(tenants).where(eq(tenants.id, tenantId)),
  );
  return row?.domains ?? [];
}

/**
 * Whether any tenant lists one of these hosts, written as entries are: `shop.example`, `*.example`. Named system
 * query: a browser's question before a call (CORS preflight) names no tenant, and is told nothing of whose it is.
 */
export async function isAnyTenantsDomain(db: Db, entries: string[]): Promise<boolean> {
  return (await db.system().$count(tenants, arrayOverlaps(tenants.allowedDomains, entries))) > 0;
}
