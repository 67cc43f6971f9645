import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";

/** A question got no answer: nothing was found, or what was written was withheld. */
export const answerMissing = defineEvent("answer.missing", z.object({ answerId: z.uuid() }));

/** An answer was rated, or its rating changed. */
export const answerRated = defineEvent("answer.rated", z.object({ answerId: z.uuid() }));

/** An answer rests on passages that others contradict; its trace says which. */
export const answerContradicted = defineEvent("answer.contradicted", z.object({ answerId: z.uuid() }));
