import { z } from "zod";
import { findAppError, internalMessage } from "../../faces/error-table.ts";
import { publicRoute, type Route, route } from "../../faces/http/route.ts";
import { sendEvents } from "../../faces/http/server-sent-events.ts";
import { sendWebResponse } from "../../faces/http/web-response.ts";
import { AppError, isAppError } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { ask, rateAnswer } from "../answers/index.ts";
import {
  attachmentLimits,
  markReadByCustomer,
  messageText,
  type ReadUpTo,
  tellCustomerTyping,
} from "../conversations/index.ts";
import { recogniseVisitor } from "../customer-care/index.ts";
import { startVisitorSession, visitorSessionSchema } from "../widgets/index.ts";
import { askForHuman, chatMessages, currentMessages, resolveConversation } from "./chat.service.ts";
import { liveFeed } from "./live-feed.ts";
import { withSurveys } from "./survey-feed.ts";
import { toUiStream } from "./ui-stream.ts";

const ofConversation = z.object({ sessionId: z.uuid() });

/** `12`, or `<id>:12` where the numbers are those of a conversation that the named one was merged into. */
const lastEventId = z
  .string()
  .regex(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:)?\d{1,15}$/)
  .transform((text): Partial<ReadUpTo> => {
    const [number = "", conversationId] = text.split(":").reverse();
    return { sequence: Number(number), ...(conversationId ? { conversationId } : {}) };
  });

/** The last message is the one that is asked; earlier ones are read from the conversation itself. */
const chatBody = z.object({
  id: z.string().min(1).max(200),
  botId: z.uuid().optional(),
  messages: z
    .array(
      z.looseObject({
        id: z.string().max(200).optional(),
        role: z.string(),
        parts: z.array(z.looseObject({ type: z.string() })),
        /** Files that were sent before it. With them it needs no words. */
        attachmentIds: z.array(z.uuid()).max(attachmentLimits.files).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});

function lastQuestion(messages: z.infer<typeof chatBody>["messages"]) {
  const { id = null, parts = [], attachmentIds } = messages.findLast(({ role }) => role === "user") ?? {};
  const text = parts
    .flatMap((part) => (part.type === "text" && typeof part.text === "string" ? [part.text] : []))
    .join("\n");
  if (text.trim() === "" && attachmentIds?.length) return { clientId: id, text: "", attachmentIds };
  const parsed = messageText.safeParse(text);
  if (!parsed.success) {
    throw new AppError("VALIDATION_ERROR", "The last user message needs a text of 1 to 8,000 characters.");
  }
  return { clientId: id, text: parsed.data, attachmentIds };
}

export const chatRoutes: Route[] = [
  publicRoute({
    method: "POST",
    path: "/api/widget/{widgetId}/session",
    summary: "Opens a visitor's session with a widget, or resumes the one of the token.",
    limit: "visitorSession",
    params: z.object({ widgetId: z.uuid() }),
    body: z.object({
      token: z.string().max(4_000).nullish(),
      locale: z.string().max(35).nullish(),
      /** Who they are, signed by the page's server; one that is not, or no more, is passed over. */
      identityToken: z.string().max(8_000).nullish(),
    }),
    response: visitorSessionSchema.extend({ messages: z.array(z.unknown()) }),
    async run({ services, ipAddress }, { params, body, request }) {
      const session = await startVisitorSession(services, {
        widgetId: params.widgetId,
        token: body.token ?? null,
        locale: body.locale ?? null,
        origin: request.headers.origin ?? null,
        ipAddress,
        recognise: (ctx, visitorId) =>
          believed(ctx, { identityToken: body.identityToken ?? null, visitorId }),
      });
      const messages = await chatMessages(session.ctx, { conversationId: session.answer.conversationId });
      return { ...session.answer, messages };
    },
  }),
  route({
    method: "POST",
    path: "/api/chat",
    summary: "Asks a bot. Answers with the AI SDK's UI message stream.",
    auth: "visitor or member",
    limit: "chatMessage",
    body: chatBody,
    async run(ctx, { body, reply, signal }) {
      const question = lastQuestion(body.messages);
      const conversationId = await resolveConversation(ctx, { chatId: body.id, botId: body.botId });
      const events = ask(ctx, { conversationId, ...question, signal });
      const first = await events.next(); // a refusal becomes a status; a later failure is a part of the stream
      const response = toUiStream(resume(first, events), (error) => {
        const known = findAppError(error);
        if (!known) ctx.log.error({ error, conversationId }, "an answer failed");
        return known?.message ?? internalMessage;
      });
      return sendWebResponse(reply, response);
    },
  }),
  route({
    method: "GET",
    path: "/api/chat/{sessionId}/messages",
    summary: "What was said in a conversation, oldest first.",
    auth: "visitor or member",
    params: ofConversation,
    response: z.object({ messages: z.array(z.unknown()) }),
    run: async (ctx, { params }) => ({
      messages: await currentMessages(ctx, { conversationId: params.sessionId }),
    }),
  }),
  route({
    method: "GET",
    path: "/api/chat/{sessionId}/stream",
    summary:
      "What happens in a conversation, as server-sent events: message and status (numbered), delta, citation, " +
      "verification, handoff, retracted, typing, survey and end (not numbered). Resumes after Last-Event-ID without loss or " +
      "doubling. A client that fails to connect waits as `retry` says, then twice as long each time up to 30 s.",
    auth: "visitor or member",
    params: ofConversation,
    query: z.object({ lastEventId: lastEventId.optional(), token: z.string().optional() }),
    async run(ctx, { params, query, request, reply, untilRefused }) {
      const signal = untilRefused();
      const header = lastEventId.safeParse(request.headers["last-event-id"]);
      const conversationId = params.sessionId;
      const events = await liveFeed(ctx, {
        conversationId,
        after: { conversationId, sequence: 0, ...query.lastEventId, ...header.data },
        signal,
      });
      return sendEvents(reply, withSurveys(ctx, events, signal), { signal, ticker: ctx.ticker });
    },
  }),
  route({
    method: "POST",
    path: "/api/chat/{sessionId}/handoff",
    summary: "Asks for a person.",
    auth: "visitor or member",
    limit: "handOff",
    params: ofConversation,
    body: z.object({
      reason: z.string().trim().max(1_000).optional(),
      email: z.email().max(320).optional(),
      locale: z.string().max(35).optional(),
    }),
    response: z.object({ status: z.string(), message: z.string(), online: z.boolean() }),
    run: (ctx, { params, body }) =>
      askForHuman(ctx, {
        conversationId: params.sessionId,
        reason: body.reason || undefined,
        email: body.email,
        locale: body.locale?.slice(0, 2) ?? "en",
      }),
  }),
  visitorTells(
    "typing",
    "The visitor writes: their agents are told. Say it again every few seconds.",
    tellCustomerTyping,
  ),
  visitorTells(
    "read",
    "The visitor has seen what was written to them: their agents are told.",
    markReadByCustomer,
  ),
  route({
    method: "POST",
    path: "/api/chat/{sessionId}/feedback",
    summary: "Rates an answer.",
    auth: "visitor or member",
    limit: "chatMessage",
    params: ofConversation,
    body: z.object({
      answerId: z.uuid(),
      rating: z.enum(["up", "down"]),
      comment: z.string().max(1_000).optional(),
    }),
    response: z.object({ success: z.literal(true) }),
    async run(ctx, { params, body }) {
      await rateAnswer(ctx, { ...body, conversationId: params.sessionId });
      return { success: true };
    },
  }),
];

/** What a visitor's page tells of what they do there. */
function visitorTells(what: string, summary: string, verb: typeof tellCustomerTyping): Route {
  return route({
    method: "POST",
    path: `/api/chat/{sessionId}/${what}`,
    summary,
    auth: "visitor or member",
    limit: "visitorActivity",
    params: ofConversation,
    body: z.object({}),
    response: z.object({ success: z.literal(true) }),
    async run(ctx, { params }) {
      await verb(ctx, { conversationId: params.sessionId });
      return { success: true };
    },
  });
}

/** A page that was left open shows what has expired: its visitor goes on without a name rather than not at all. */
async function believed(
  ctx: TxCtx,
  { identityToken, visitorId }: { identityToken: string | null; visitorId: string | null },
): Promise<string | null> {
  if (!identityToken) return null;
  try {
    return await recogniseVisitor(ctx, { identityToken, visitorId });
  } catch (error) {
    if (isAppError(error) && error.code === "UNAUTHORIZED") return null;
    throw error;
  }
}

async function* resume<Value>(
  first: IteratorResult<Value, void>,
  rest: AsyncGenerator<Value>,
): AsyncGenerator<Value> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
