import { z } from "zod";
import { defineQueue } from "../../platform/jobs/index.ts";
import { triggerNames } from "./automation.types.ts";

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** That something happened for which rules may wait. */
const happeningSchema = z.object({
  /** Of this one happening: a rule acts once on it, however often the job runs. */
  eventId: z.uuid(),
  trigger: z.enum(triggerNames),
  conversationId: z.uuid(),
  messageId: z.uuid().nullable(),
  /** The rules whose acts led to it, the first one first. */
  rules: z.array(z.uuid()),
  /** What the event itself says, by the names of `rules/triggers.ts`. */
  facts: z.record(z.string(), factSchema),
});
export type Happening = z.output<typeof happeningSchema>;

/** Asks the rules that wait for an event. */
export const automationQueue = defineQueue({
  name: "automation.run",
  schema: happeningSchema.extend({ tenantId: z.uuid() }),
  retryLimit: 4,
  retryDelaySeconds: 2,
});
