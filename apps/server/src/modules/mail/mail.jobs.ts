import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Six attempts over ten minutes: a mail server that restarts is waited for, one that is gone is told of. */
export const mailQueue = defineQueue({
  name: "mail.send",
  schema: z.object({ tenantId: z.uuid(), mailId: z.uuid() }),
  retryLimit: 5,
  retryDelaySeconds: 20,
  expireSeconds: 120,
});
