import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { agentStatuses } from "./presence.schema.ts";

/** Somebody came, left, or said otherwise of themselves. */
export const agentStatusChanged = defineEvent(
  "agent.status-changed",
  z.object({ userId: z.uuid(), status: z.enum(agentStatuses), at: z.iso.datetime() }),
);
