import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { sentiments, severities } from "../conversations/index.ts";
import { labelKinds } from "./label-kinds.ts";

/** What a customer's message was told to want, and how sure that is. */
export const messageClassified = defineEvent(
  "message.classified",
  z.object({
    conversationId: z.uuid(),
    messageId: z.uuid(),
    intent: z.string(),
    severity: z.enum(severities),
    sentiment: z.enum(sentiments),
    confidences: z.object({ intent: z.number(), severity: z.number() }),
    at: z.iso.datetime(),
  }),
);

/** Examples changed, or were learnt. */
export const labelsChanged = defineEvent("labels.changed", z.object({ kind: z.enum(labelKinds) }));

/** A handoff brief was written or written anew. */
export const briefWritten = defineEvent("handoff-brief.written", z.object({ conversationId: z.uuid() }));
