import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A bot's intents changed, or it learnt them. */
export const intentsChanged = defineEvent("intents.changed", z.object({ botId: z.uuid() }));
