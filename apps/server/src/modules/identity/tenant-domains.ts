import { eq } from "drizzle-orm";
import { asSystem } from "../../platform/db/index.ts";
import { tenants } from "./identity.tables.ts";

/** The hosts that a tenant as a whole allows; empty: any. In a transaction, whose role is lifted for it. */
export async function tenantDomains(tenantId: string): Promise<string[]> {
  const [row] = await asSystem((tx) =>
    tx.select({ domains: tenants.allowedDomains }).from(tenants).where(eq(tenants.id, tenantId)),
  );
  return row?.domains ?? [];
}
