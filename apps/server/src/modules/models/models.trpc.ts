import { z } from "zod";
import { protectedProcedure } from "../../faces/trpc/index.ts";
import { connectionInputSchema, connectionSchema, providerSchema } from "./models.schema.ts";
import { listConnections, removeConnection, setConnection } from "./models.service.ts";

/** Part of seed 001's `user` router. */
export const modelProcedures = {
  setLlmApiKey: protectedProcedure
    .input(connectionInputSchema)
    .output(connectionSchema)
    .mutation(({ ctx, input }) => setConnection(ctx, input)),
  removeLlmApiKey: protectedProcedure
    .input(z.object({ provider: providerSchema }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await removeConnection(ctx, input);
      return { success: true };
    }),
  listLlmApiKeys: protectedProcedure
    .output(z.array(connectionSchema))
    .query(({ ctx }) => listConnections(ctx)),
};
