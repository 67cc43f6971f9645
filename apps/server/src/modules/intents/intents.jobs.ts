import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Teaches a bot's intents anew after they changed. */
export const trainIntentsQueue = defineQueue({
  name: "intents.train",
  schema: z.object({ tenantId: z.uuid(), botId: z.uuid() }),
  retryLimit: 3,
  retryDelaySeconds: 5,
  expireSeconds: 300,
});
