import { eq } from "drizzle-orm";
import { users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import { plans, tenantPlans } from "../../apps/server/src/modules/plans/plans.tables.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import type { TestServer, TestUser } from "./server.ts";

/** Puts someone's tenant on a plan of its own with these limits; what is not said is unlimited. */
export async function limitTo(
  { services: { db } }: TestServer,
  of: TestUser,
  limits: Partial<typeof plans.$inferInsert>,
): Promise<string> {
  const id = newId();
  await db
    .system()
    .insert(plans)
    .values({
      id,
      name: `Plan ${id}`,
      maxBots: 1_000_000,
      maxDocumentsPerBot: 1_000_000,
      maxTotalDocumentStorageGB: 1_000_000,
      maxQueriesPerMonth: 1_000_000,
      maxDocProcessingJobsPerMonth: 1_000_000,
      allowAdvancedRagConfig: true,
      ...limits,
    });
  await db.withTenant(of.tenantId, (tx) =>
    tx
      .insert(tenantPlans)
      .values({ tenantId: of.tenantId, planId: id })
      .onConflictDoUpdate({ target: tenantPlans.tenantId, set: { planId: id } }),
  );
  return id;
}

/** Makes someone an administrator of the installation. */
export async function makeAdmin({ services: { db } }: TestServer, { userId }: TestUser): Promise<void> {
  await db.system().update(users).set({ platformRole: "ADMIN" }).where(eq(users.id, userId));
}
