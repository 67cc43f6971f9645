import { z } from "zod";
import { contextFor, type Services } from "../faces/principal.ts";
import { listTenantIds } from "../modules/identity/index.ts";
import { startDueCrawls } from "../modules/knowledge/index.ts";
import { defineQueue } from "../platform/jobs/index.ts";

/** Looks for web sources whose time has come, once over all processes. */
export const refreshSourcesQueue = defineQueue({
  name: "sources.refresh",
  schema: z.object({}),
  retryLimit: 1,
});

/** Every ten minutes. */
export const refreshSourcesSchedule = "*/10 * * * *";

export async function refreshSources(services: Services): Promise<void> {
  for (const tenantId of await listTenantIds(services.db)) {
    await startDueCrawls(contextFor(services, { kind: "system", name: "refresh" }, tenantId, null));
  }
}
