import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Tells a tenant's owners and admins of a critical security event. */
export const alertQueue = defineQueue({
  name: "security.alert",
  schema: z.object({ tenantId: z.uuid(), eventId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 2,
});
