import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  channelSchema,
  connectionSchema,
  newTextSchema,
  ofKind,
  pageOfTexts,
  textSchema,
} from "./communication.schema.ts";
import { connectInputSchema } from "./kinds/index.ts";
import { connect, disconnect, listChannels, listConnections } from "./service/connections.ts";
import { listTexts, sendText } from "./service/send-text.ts";

const asksProvider = tenantProcedure.meta({ auth: "tenant", limit: "provider" });

/** Seed 000: by what people outside are reached, and what was sent to them. */
export const communicationRouter = router({
  connect: asksProvider
    .input(connectInputSchema)
    .output(connectionSchema)
    .mutation(({ ctx, input }) => connect(ctx, input)),
  /** Not in the seed: what is connected, and how it fares. */
  listConnections: tenantProcedure.output(z.array(connectionSchema)).query(({ ctx }) => listConnections(ctx)),
  listChannels: asksProvider
    .input(ofKind)
    .output(z.array(channelSchema))
    .query(({ ctx, input }) => listChannels(ctx, input)),
  send: tenantProcedure
    .meta({ auth: "tenant", limit: "textMessage" })
    .input(newTextSchema)
    .output(textSchema)
    .mutation(({ ctx, input }) => sendText(ctx, input)),
  history: tenantProcedure
    .input(pageOfTexts)
    .output(paginatedSchema(textSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listTexts(ctx, input);
      return paginate("/trpc/communication.history", input, items, total);
    }),
  disconnect: tenantProcedure
    .input(ofKind)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await disconnect(ctx, input);
      return { success: true };
    }),
});
