import { z } from "zod";
import { protectedProcedure } from "../../faces/trpc/index.ts";
import {
  connectionIdSchema,
  connectionInputSchema,
  connectionSchema,
  providerSchema,
  purposeSchema,
} from "./models.schema.ts";
import { listConnections, removeConnection, setConnection, testConnection } from "./service/connections.ts";

/** Part of seed 001's `user` router. */
export const modelProcedures = {
  setLlmApiKey: protectedProcedure
    .input(connectionInputSchema)
    .output(connectionSchema)
    .mutation(({ ctx, input }) => setConnection(ctx, input)),
  /** Not in the seed: tests a saved key again. */
  testLlmApiKey: protectedProcedure
    .input(connectionIdSchema)
    .output(connectionSchema)
    .mutation(({ ctx, input }) => testConnection(ctx, input)),
  removeLlmApiKey: protectedProcedure
    .input(z.object({ provider: providerSchema, purpose: purposeSchema.optional() }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await removeConnection(ctx, input);
      return { success: true };
    }),
  listLlmApiKeys: protectedProcedure
    .output(z.array(connectionSchema))
    .query(({ ctx }) => listConnections(ctx)),
};
