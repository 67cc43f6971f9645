import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { securityEventKinds } from "./logs/security-event-kinds.ts";

/** Something happened of which the tenant's owners should hear at once. */
export const criticalEventRecorded = defineEvent(
  "security.critical",
  z.object({ eventId: z.uuid(), kind: z.enum(securityEventKinds) }),
);
