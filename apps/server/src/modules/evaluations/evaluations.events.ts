import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A run was started, moved on, or ended. */
export const runChanged = defineEvent(
  "evaluation-run.changed",
  z.object({ runId: z.uuid(), botId: z.uuid() }),
);
