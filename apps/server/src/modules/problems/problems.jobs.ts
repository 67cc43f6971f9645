import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";

/** Looks at what was thought of an answer, and keeps or removes its occurrences. */
export const recordQueue = defineQueue({
  name: "problems.record",
  schema: z.object({
    tenantId: z.uuid(),
    answerId: z.uuid(),
    /** A person judged it: wrong, or after all not. Absent where nobody has now. */
    reviewedWrong: z.boolean().optional(),
  }),
  retryLimit: 5,
  expireSeconds: 120,
});

/** Looks whether the bot had answered before a person was asked for. */
export const recordHandOffQueue = defineQueue({
  name: "problems.record-hand-off",
  schema: z.object({
    tenantId: z.uuid(),
    conversationId: z.uuid(),
    at: z.iso.datetime(),
    /** False where the bot could not go on, which says nothing of its answers. */
    wanted: z.boolean(),
  }),
  retryLimit: 5,
  expireSeconds: 120,
});

/** Puts a bot's questions together anew. */
export const reclusterQueue = defineQueue({
  name: "problems.recluster",
  schema: z.object({ tenantId: z.uuid(), clusteringId: z.uuid() }),
  retryLimit: 2,
  expireSeconds: 900,
});

/** Asks a problem's questions again. */
export const retestQueue = defineQueue({
  name: "problems.retest",
  schema: z.object({ tenantId: z.uuid(), testId: z.uuid(), waited: z.number().int().min(0) }),
  retryLimit: 2,
  expireSeconds: 900,
});
