import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Asks what there is to ask of a conversation that was resolved; with `surveyId`, that one survey, whose delay is over. */
export const inviteQueue = defineQueue({
  name: "surveys.invite",
  schema: z.object({ tenantId: z.uuid(), conversationId: z.uuid(), surveyId: z.uuid().nullable() }),
  retryLimit: 5,
  expireSeconds: 120,
});
