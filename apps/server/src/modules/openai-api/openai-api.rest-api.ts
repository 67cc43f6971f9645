import { z } from "zod";
import { findAppError, internalMessage, reportFailure } from "../../faces/error-table.ts";
import { type Route, route } from "../../faces/http/route.ts";
import { sendChunks } from "../../faces/openai/completion-stream.ts";
import { openAiError } from "../../faces/openai/error-body.ts";
import type { Ctx } from "../../ports/index.ts";
import { rateAnswer } from "../answers/index.ts";
import { chunk, completion, headOf, lastChunk, usageChunk } from "./completion-body.ts";
import { chatCompletionRequestSchema, modelSchema, ratingSchema } from "./openai-api.schema.ts";
import { completeChat, type Outcome } from "./service/complete-chat.ts";
import { getModel, listModels } from "./service/find-model.ts";
import { readTranscript } from "./transcript.ts";

export const openAiRoutes: Route[] = [
  route({
    method: "POST",
    path: "/openai/v1/chat/completions",
    summary:
      "Asks a bot as OpenAI's clients ask a model; with `stream`, answers server-sent chunks. Messages of the roles system, developer and tool are accepted and not heeded: the bot's own prompt rules.",
    auth: "api key",
    limit: "program",
    body: chatCompletionRequestSchema,
    async run(ctx, { body, reply, signal }) {
      const transcript = readTranscript(body);
      const events = completeChat(ctx, {
        model: body.model,
        transcript,
        isStreamed: body.stream === true,
        signal,
      });
      const first = await events.next(); // a refusal becomes a status; a later failure is a part of the stream
      if (first.done || first.value.type !== "accepted") throw new Error("A completion began with no head.");
      const head = headOf(first.value, ctx.now());
      if (!body.stream) {
        const { content, outcome } = await readAll(events);
        return completion(head, content, outcome);
      }
      const includeUsage = body.stream_options?.include_usage === true;
      return sendChunks(reply, toChunks(events, head, includeUsage), (error) => streamError(ctx, error));
    },
  }),
  route({
    method: "GET",
    path: "/openai/v1/models",
    summary: "The bots that the key may ask, as OpenAI lists models.",
    auth: "api key",
    limit: "program",
    response: z.object({ object: z.literal("list"), data: z.array(modelSchema) }),
    run: async (ctx) => ({ object: "list", data: await listModels(ctx) }),
  }),
  route({
    method: "GET",
    path: "/openai/v1/models/{model}",
    summary: "One of the bots that the key may ask, by its public id or its id.",
    auth: "api key",
    limit: "program",
    params: z.object({ model: z.string().min(1).max(200) }),
    response: modelSchema,
    run: (ctx, { params }) => getModel(ctx, params.model),
  }),
  route({
    method: "POST",
    path: "/openai/v1/answers/{answerId}/rating",
    summary: "Rates an answer by the `parlance.answerId` of its completion. Not OpenAI's.",
    auth: "api key",
    limit: "program",
    params: z.object({ answerId: z.uuid() }),
    body: ratingSchema,
    response: z.object({ success: z.literal(true) }),
    async run(ctx, { params, body }) {
      await rateAnswer(ctx, { ...body, answerId: params.answerId });
      return { success: true };
    },
  }),
];

type Completion = ReturnType<typeof completeChat>;
type Head = ReturnType<typeof headOf>;

async function readAll(events: Completion): Promise<{ content: string; outcome: Outcome }> {
  let content = "";
  for (;;) {
    const step = await events.next();
    if (step.done) return { content, outcome: step.value };
    if (step.value.type === "text") content += step.value.text;
    if (step.value.type === "retracted") content = step.value.kept;
  }
}

async function* toChunks(events: Completion, head: Head, includeUsage: boolean): AsyncGenerator<object> {
  try {
    yield chunk(head, { role: "assistant", content: "" }, includeUsage);
    let content = "";
    let step = await events.next();
    for (; !step.done; step = await events.next()) {
      if (step.value.type !== "text") continue;
      content += step.value.text;
      yield chunk(head, { content: step.value.text }, includeUsage);
    }
    yield lastChunk(head, content, step.value, includeUsage);
    if (includeUsage) yield usageChunk(head, step.value);
  } finally {
    await events.return({ answer: null, conversationId: "", handoff: false, offered: null }); // heard by nobody
  }
}

function streamError(ctx: Ctx, error: unknown): object {
  reportFailure(ctx.log, error, { path: "/openai/v1/chat/completions" });
  const known = findAppError(error);
  return openAiError(known?.code ?? "INTERNAL", known?.message ?? internalMessage, known?.details).body;
}
