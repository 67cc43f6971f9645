import { contextFor, type Services } from "../faces/principal.ts";
import { listTenantIds } from "../modules/identity/index.ts";
import { returnFromAway } from "../modules/routing/index.ts";

/** In every tenant: what waits for somebody who is away goes back to the queue, and on to whoever is available. */
export async function returnAllFromAway(services: Services): Promise<void> {
  for (const tenantId of await listTenantIds(services.db)) {
    await returnFromAway(contextFor(services, { kind: "system", name: "routing" }, tenantId, null));
  }
}
