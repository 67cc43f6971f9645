import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A problem came up, was asked again, changed, or is gone; or its article or test did. */
export const problemChanged = defineEvent(
  "problem.changed",
  z.object({ problemId: z.uuid(), botId: z.uuid() }),
);

/** A bot's questions are being put together anew, or that ended. */
export const clusteringChanged = defineEvent(
  "problem.clustering-changed",
  z.object({ clusteringId: z.uuid(), botId: z.uuid() }),
);
