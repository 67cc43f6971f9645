import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** Something happened that the tenant's owners should know. */
export const securityEventRecorded = defineEvent(
  "security.recorded",
  z.object({ eventId: z.uuid(), kind: z.string() }),
);
