import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Gives waiting conversations of a tenant to whoever is available, where the tenant wants that. */
export const distributeQueue = defineQueue({
  name: "routing.distribute",
  schema: z.object({ tenantId: z.uuid() }),
});

/** Looks for work that waits for somebody who is away, once over all processes. */
export const awayQueue = defineQueue({ name: "routing.away", schema: z.object({}), retryLimit: 1 });

/** Every minute. */
export const awaySchedule = "* * * * *";
