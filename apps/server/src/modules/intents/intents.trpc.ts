import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { notices } from "../../platform/events/index.ts";
import { assertCan } from "../identity/index.ts";
import { intentsChanged } from "./intents.events.ts";
import {
  classificationSchema,
  intentExamples,
  intentListSchema,
  intentName,
  intentSchema,
} from "./intents.schema.ts";
import { classifyIntent } from "./service/classify-intent.ts";
import { createIntent, deleteIntent, listIntents, updateIntent } from "./service/teach-intents.ts";

const ofBot = z.object({ botId: z.uuid() });
const byId = z.object({ id: z.uuid() });

/** What customers want, told without a model by examples of the tenant's own. */
export const intentsRouter = router({
  list: protectedProcedure
    .input(ofBot)
    .output(intentListSchema)
    .query(({ ctx, input }) => listIntents(ctx, input)),
  create: protectedProcedure
    .input(ofBot.extend({ name: intentName, examples: intentExamples }))
    .output(intentSchema)
    .mutation(({ ctx, input }) => createIntent(ctx, input)),
  update: protectedProcedure
    .input(byId.extend({ name: intentName.optional(), examples: intentExamples.optional() }))
    .output(intentSchema)
    .mutation(({ ctx, input }) => updateIntent(ctx, input)),
  delete: protectedProcedure
    .input(byId)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteIntent(ctx, input);
      return { success: true };
    }),
  /** Null where the bot was taught no intents. */
  classify: protectedProcedure
    .input(ofBot.extend({ text: z.string().trim().min(1).max(8_000) }))
    .output(classificationSchema.nullable())
    .query(({ ctx, input }) => {
      assertCan(ctx.actor, "ask bots");
      return classifyIntent(ctx, input);
    }),
  /** A notice whenever the bot's intents change or were learnt. */
  onChange: protectedProcedure.input(ofBot).subscription(async function* ({ ctx, input, signal }) {
    await listIntents(ctx, input); // refuses whoever may not see them
    const changes = notices(ctx.events, ctx.tenantId, intentsChanged, signal ?? new AbortController().signal);
    for await (const { botId } of changes) if (botId === input.botId) yield { botId };
  }),
});
