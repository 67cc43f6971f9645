import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Six attempts over ten minutes: a provider that is busy is waited for, one that is gone is told of. */
export const textQueue = defineQueue({
  name: "communication.send",
  schema: z.object({ tenantId: z.uuid(), messageId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 20,
  expireSeconds: 120,
});
