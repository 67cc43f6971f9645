import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { clockKinds } from "./clocks.ts";

const ofClock = z.object({
  conversationId: z.uuid(),
  kind: z.enum(clockKinds),
  /** When the time is over, or was. */
  dueAt: z.iso.datetime(),
});

/** Three quarters of the time are over. Said once of each clock, and never of one that was met or broken since. */
export const slaWarning = defineEvent("sla.warning", ofClock);

/** A promise is broken. Said once of each clock. */
export const slaBreached = defineEvent("sla.breached", ofClock);
