import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Brings the clocks of a conversation in line with what happened in it; which of it led to the job does not matter. */
export const followClocksQueue = defineQueue({
  name: "slas.follow",
  schema: z.object({ tenantId: z.uuid(), conversationId: z.uuid() }),
  retryLimit: 5,
  expireSeconds: 120,
});

/** Looks for clocks of a tenant's that have something to say. */
export const sweepQueue = defineQueue({ name: "slas.sweep", schema: z.object({}), retryLimit: 0 });

/** Every minute: the smallest unit in which anything is promised. */
export const sweepSchedule = "* * * * *";
