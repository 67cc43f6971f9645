import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";
import { labelKinds } from "./label-kinds.ts";

/** Tells what a customer's message wants. */
export const classifyMessageQueue = defineQueue({
  name: "assist.classify-message",
  schema: z.object({ tenantId: z.uuid(), conversationId: z.uuid(), messageId: z.uuid() }),
  retryLimit: 5,
  expireSeconds: 120,
});

/** Learns a tenant's labels anew after the examples changed. */
export const trainLabelsQueue = defineQueue({
  name: "assist.train-labels",
  schema: z.object({ tenantId: z.uuid(), kind: z.enum(labelKinds) }),
  retryLimit: 3,
  retryDelaySeconds: 5,
  expireSeconds: 600,
});

/** Writes the brief of a conversation for which a person was asked. */
export const writeBriefQueue = defineQueue({
  name: "assist.write-brief",
  schema: z.object({
    tenantId: z.uuid(),
    conversationId: z.uuid(),
    escalationId: z.uuid(),
    reason: z.string(),
  }),
  retryLimit: 5,
  expireSeconds: 120,
});
