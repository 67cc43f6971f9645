import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { priorities, resolutionStatuses } from "./resolution-state.ts";

/** A resolution was made, changed, noted on, or told of to the customer. */
export const resolutionUpdated = defineEvent(
  "resolution.updated",
  z.object({
    resolutionId: z.uuid(),
    conversationId: z.uuid(),
    status: z.enum(resolutionStatuses),
    priority: z.enum(priorities),
    version: z.number(),
    at: z.iso.datetime(),
  }),
);

/** Somebody joined a swarm, wrote in it, or closed it. */
export const swarmUpdated = defineEvent(
  "swarm.updated",
  z.object({ swarmId: z.uuid(), resolutionId: z.uuid() }),
);
