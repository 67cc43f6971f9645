import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Writes a tenant's export. A large one takes its time. */
export const exportQueue = defineQueue({
  name: "tenants.export",
  schema: z.object({ tenantId: z.uuid(), exportId: z.uuid() }),
  retryLimit: 2,
  expireSeconds: 6 * 3_600,
});

/** Deletes a tenant whose grace period is over. It names the deletion only: the job outlives the tenant. */
export const deletionQueue = defineQueue({
  name: "tenants.delete",
  schema: z.object({ deletionId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 30,
  expireSeconds: 6 * 3_600,
});
