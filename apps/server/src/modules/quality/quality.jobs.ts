import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Lists what contradicts an answer's sources for the bot's owner. */
export const contradictionsQueue = defineQueue({
  name: "quality.contradictions",
  schema: z.object({ tenantId: z.uuid(), answerId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 2,
});
