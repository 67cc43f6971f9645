import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Asks the next questions of a run. A run is a chain of these; what one has answered stays answered. */
export const evaluationQueue = defineQueue({
  name: "evaluations.run",
  schema: z.object({ tenantId: z.uuid(), runId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 2,
  expireSeconds: 900,
});
