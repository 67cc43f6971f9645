import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { reviewVerdicts } from "./quality.tables.ts";

/** A person judged an answer, or withdrew their verdict: then it is null. */
export const answerReviewed = defineEvent(
  "answer.reviewed",
  z.object({ answerId: z.uuid(), verdict: z.enum(reviewVerdicts).nullable() }),
);
