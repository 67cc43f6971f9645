import { z } from "zod";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { idSchema } from "../../platform/ids/index.ts";
import { answerSchema, ask, getAnswer, rateAnswer } from "../answers/index.ts";
import * as conversations from "../conversations/index.ts";
import { chatMessages, openQuery } from "./chat.service.ts";
import { inboxFeed } from "./inbox-feed.ts";
import { type ChatMessage, toUiMessage } from "./ui-message.ts";

const byId = z.object({ id: z.uuid() });
const newMessage = byId.extend({
  text: conversations.messageText,
  clientId: z.uuid(),
  /** Files that `conversations.attach` made place for, once their bytes are there. */
  attachmentIds: z.array(z.uuid()).max(conversations.attachmentLimits.files).optional(),
});
/** The AI SDK's message; its own types describe it. */
const chatMessageSchema = z.custom<ChatMessage>((value) => typeof value === "object" && value !== null);

export const conversationsRouter = router({
  list: tenantProcedure
    .input(
      z.object({
        view: z.enum(conversations.conversationViews),
        cursor: z.string().max(200).optional(),
        limit: z.number().int().min(1).max(100).default(50),
        search: z.string().trim().max(100).optional(),
        filter: conversations.conversationFilter.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(conversations.foundConversationSchema),
        nextCursor: z.string().nullable(),
        counts: conversations.viewCountsSchema,
      }),
    )
    .query(({ ctx, input }) => conversations.listConversations(ctx, input)),
  get: tenantProcedure
    .input(byId)
    .output(conversations.conversationDetailSchema.extend({ messages: z.array(chatMessageSchema) }))
    .query(async ({ ctx, input }) => {
      const conversation = await conversations.getConversation(ctx, { conversationId: input.id });
      return {
        ...conversation,
        messages: await chatMessages(ctx, { conversationId: input.id, notes: true }),
      };
    }),
  reply: protectedProcedure
    .input(newMessage)
    .output(chatMessageSchema)
    .mutation(async ({ ctx, input: { id, ...said } }) => {
      const message = await conversations.replyAsAgent(ctx, { conversationId: id, ...said });
      return toUiMessage({ ...message, answer: null });
    }),
  addNote: protectedProcedure
    .input(newMessage)
    .output(chatMessageSchema)
    .mutation(async ({ ctx, input: { id, ...said } }) => {
      const message = await conversations.addNote(ctx, { conversationId: id, ...said });
      return toUiMessage({ ...message, answer: null });
    }),
  takeOver: act(conversations.takeOver),
  handBack: act(conversations.handBack),
  resolve: act(conversations.resolveConversation),
  reopen: act(conversations.reopenConversation),
  /** Each change of a conversation of the tenant, and of what its customer is asked, live. */
  changes: protectedProcedure.input(z.object({}).optional()).subscription(async function* ({ ctx, signal }) {
    yield* inboxFeed(ctx, signal ?? new AbortController().signal);
  }),
});

/** A procedure that does one thing to a conversation and answers how it then stands. */
function act(
  verb: (
    ctx: Parameters<typeof conversations.takeOver>[0],
    input: { conversationId: string },
  ) => Promise<void>,
) {
  return protectedProcedure
    .input(byId)
    .output(conversations.conversationDetailSchema)
    .mutation(async ({ ctx, input }) => {
      await verb(ctx, { conversationId: input.id });
      return conversations.getConversation(ctx, { conversationId: input.id });
    });
}

export const answersRouter = router({
  get: protectedProcedure
    .input(byId)
    .output(answerSchema)
    .query(({ ctx, input }) => getAnswer(ctx, input)),
});

/** In the stream of a question that neither a model nor the documents' own words could answer. */
const failed = {
  type: "error" as const,
  errorCode: "UPSTREAM_FAILED" as const,
  message: "The bot could not answer because of a failure. Ask again in a moment.",
};

export const ragQueryRouter = router({
  /** Seed 001, section 4.7: structured chunks of text, sources, errors and the end. */
  streamQuery: protectedProcedure
    .meta({ auth: "protected", limit: "chatMessage" })
    .input(z.object({ botId: z.uuid(), query: conversations.messageText, sessionId: idSchema.optional() }))
    .subscription(async function* ({ ctx, input, signal }) {
      const conversationId = await openQuery(ctx, input);
      const events = ask(ctx, {
        conversationId,
        text: input.query,
        clientId: null,
        signal: signal ?? new AbortController().signal,
      });
      for await (const event of events) {
        if (event.type === "delta") yield { type: "text" as const, text: event.delta };
        else if (event.type === "paragraph") yield { type: "text" as const, text: "\n\n" };
        else if (event.type === "citation") yield { type: "source" as const, source: event.citation };
        else if (event.type === "verification" || event.type === "retracted") yield event;
        else if (event.type === "handoff") {
          yield event;
          if (event.reason === "failed") yield failed;
        } else if (event.type === "delivered") yield event;
        else if (event.type === "end") {
          yield {
            type: "end" as const,
            sessionId: conversationId,
            queryLogId: event.answerId,
            state: event.state,
          };
        }
      }
    }),
  submitFeedback: protectedProcedure
    .input(
      z.object({
        queryLogId: z.uuid(),
        rating: z.enum(["THUMBS_UP", "THUMBS_DOWN"]),
        comment: z.string().max(1_000).optional(),
      }),
    )
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await rateAnswer(ctx, {
        answerId: input.queryLogId,
        rating: input.rating === "THUMBS_UP" ? "up" : "down",
        comment: input.comment,
      });
      return { success: true };
    }),
});
