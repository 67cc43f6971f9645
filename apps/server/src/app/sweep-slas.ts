import { contextFor, type Services } from "../faces/principal.ts";
import { listTenantIds } from "../modules/identity/index.ts";
import { sweepClocks, tenantsWithDueClocks } from "../modules/slas/index.ts";

/** Tells of every promise that is about to be broken or is, in every tenant that works. */
export async function sweepSlas(services: Services): Promise<void> {
  const due = await tenantsWithDueClocks(services.db, services.now());
  if (due.size === 0) return;
  for (const tenantId of await listTenantIds(services.db)) {
    if (due.has(tenantId)) {
      await sweepClocks(contextFor(services, { kind: "system", name: "slas" }, tenantId, null));
    }
  }
}
