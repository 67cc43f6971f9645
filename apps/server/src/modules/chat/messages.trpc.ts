import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  chatHistory,
  historyMessageSchema,
  historySchema,
  sendMessage,
  sendMessageSchema,
  sentMessageSchema,
} from "./send-message.ts";

/** Seed 000. The same conversation, live: `GET /api/chat/{sessionId}/stream`. */
export const chatRouter = router({
  sendMessage: tenantProcedure
    .meta({ auth: "tenant", limit: "chatMessage" })
    .input(sendMessageSchema)
    .output(sentMessageSchema)
    .mutation(({ ctx, input, signal }) =>
      sendMessage(ctx, { ...input, signal: signal ?? new AbortController().signal }),
    ),
  history: tenantProcedure
    .input(historySchema)
    .output(paginatedSchema(historyMessageSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await chatHistory(ctx, input);
      return paginate("/trpc/chat.history", input, items, total);
    }),
});
