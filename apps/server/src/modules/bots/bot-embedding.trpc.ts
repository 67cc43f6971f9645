import { z } from "zod";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { embeddingModelName, embeddingStateSchema } from "../knowledge/index.ts";
import {
  cancelBotEmbedding,
  chooseBotEmbedding,
  getBotEmbedding,
  watchBotEmbedding,
} from "./service/bot-embedding.ts";

const ofBot = z.object({ botId: z.uuid() });

/** Part of the `knowledge` router: which model finds a bot's passages, changed while it answers. */
export const botEmbeddingRouter = router({
  embedding: tenantProcedure
    .input(ofBot)
    .output(embeddingStateSchema)
    .query(({ ctx, input }) => getBotEmbedding(ctx, input)),
  chooseEmbedding: tenantProcedure
    .input(ofBot.extend({ model: embeddingModelName }))
    .output(embeddingStateSchema)
    .mutation(({ ctx, input }) => chooseBotEmbedding(ctx, input)),
  cancelEmbedding: tenantProcedure
    .input(ofBot)
    .output(embeddingStateSchema)
    .mutation(({ ctx, input }) => cancelBotEmbedding(ctx, input)),
  /** The state after each change, live. */
  embeddingChanges: tenantProcedure
    .input(ofBot)
    .subscription(({ ctx, input, signal }) =>
      watchBotEmbedding(ctx, { ...input, signal: signal ?? new AbortController().signal }),
    ),
});
