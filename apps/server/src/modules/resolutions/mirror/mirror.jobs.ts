import { z } from "zod";
import { defineQueue } from "../../../platform/jobs/index.ts";

/** Brings a swarm and its channel in Slack to say the same. What Slack itself refuses or delays is not the queue's to try again. */
export const mirrorQueue = defineQueue({
  name: "swarm.mirror",
  schema: z.object({ tenantId: z.uuid(), swarmId: z.uuid() }),
  retryLimit: 3,
  retryDelaySeconds: 10,
  expireSeconds: 900,
});
