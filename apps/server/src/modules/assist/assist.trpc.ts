import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { notices } from "../../platform/events/index.ts";
import { labelsChanged } from "./assist.events.ts";
import {
  briefSchema,
  classificationSchema,
  classifyInput,
  exampleSchema,
  labelListInput,
  labelListSchema,
  newExample,
  suggestionSchema,
  summarySchema,
  translateInput,
  translationSchema,
} from "./assist.schema.ts";
import { briefOf, writeBrief } from "./service/brief.ts";
import { classifyText } from "./service/classify-text.ts";
import { suggestReply } from "./service/suggest-reply.ts";
import { summarise } from "./service/summarise.ts";
import { addExample, deleteExample, listLabels } from "./service/teach-labels.ts";
import { translate } from "./service/translate.ts";

const ofConversation = z.object({ conversationId: z.uuid() });
const never = new AbortController().signal;
const aided = protectedProcedure.meta({ auth: "protected", limit: "ai" });

/**
 * What helps an agent: each works without a model too, and says which way it took. Texts that are judged or translated come
 * as mutations though nothing changes: an address has no room for them.
 */
export const assistRouter = router({
  classify: aided
    .input(classifyInput)
    .output(classificationSchema)
    .mutation(({ ctx, input, signal }) => classifyText(ctx, { ...input, signal })),
  suggest: aided
    .input(ofConversation)
    .output(suggestionSchema)
    .query(({ ctx, input, signal }) => suggestReply(ctx, { ...input, signal: signal ?? never })),
  summary: aided
    .input(ofConversation)
    .output(summarySchema)
    .mutation(({ ctx, input, signal }) => summarise(ctx, { ...input, signal })),
  /** The brief that was written when a person was asked for, or since; null where there is none. */
  brief: protectedProcedure
    .input(ofConversation)
    .output(briefSchema.nullable())
    .query(({ ctx, input }) => briefOf(ctx, input.conversationId)),
  /** Writes it anew, by a model where one is connected. */
  writeBrief: aided
    .input(ofConversation)
    .output(briefSchema)
    .mutation(({ ctx, input, signal }) => writeBrief(ctx, { ...input, signal })),
  translate: aided
    .input(translateInput)
    .output(translationSchema)
    .mutation(({ ctx, input, signal }) => translate(ctx, { ...input, signal })),
  labels: router({
    list: protectedProcedure
      .input(labelListInput)
      .output(labelListSchema)
      .query(({ ctx, input }) => listLabels(ctx, input)),
    add: protectedProcedure
      .input(newExample)
      .output(exampleSchema)
      .mutation(({ ctx, input }) => addExample(ctx, input)),
    delete: protectedProcedure
      .input(z.object({ exampleId: z.uuid() }))
      .output(z.object({ success: z.literal(true) }))
      .mutation(async ({ ctx, input }) => {
        await deleteExample(ctx, { id: input.exampleId });
        return { success: true as const };
      }),
    /** A notice whenever examples change or were learnt. */
    onChange: protectedProcedure.subscription(async function* ({ ctx, signal }) {
      await listLabels(ctx, { kind: "intent", page: 1, pageSize: 1 }); // refuses whoever may not see them
      yield* notices(ctx.events, ctx.tenantId, labelsChanged, signal ?? never);
    }),
  }),
});
