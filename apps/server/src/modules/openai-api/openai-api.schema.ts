import { z } from "zod";

const messageSchema = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z
    .union([z.string(), z.array(z.looseObject({ type: z.string() })).max(100)], {
      error: "A text, or a list of parts of type text.",
    })
    .nullish(),
});

const unchangeable = (allowed: string) => `This endpoint answers with ${allowed} only. Leave the field out.`;

/**
 * OpenAI's chat completion request, as far as a bot heeds it. What is not named here (temperature,
 * max_tokens, stop, seed, tools, …) is accepted and without effect; what would promise an answer that a bot
 * cannot give is refused.
 */
export const chatCompletionRequestSchema = z.looseObject({
  /** A bot's public id, or its id. With a key that is bound to one bot, anything. */
  model: z.string().min(1).max(200).optional(),
  messages: z.array(messageSchema).min(1).max(1_000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, { error: unchangeable("one choice") }).nullish(),
  response_format: z.looseObject({ type: z.literal("text", { error: unchangeable("text") }) }).nullish(),
  tool_choice: z.enum(["none", "auto"], { error: unchangeable("words, never with a tool call,") }).nullish(),
  modalities: z.array(z.literal("text", { error: unchangeable("text") })).nullish(),
  /** Whom the client speaks for, where one key serves several people: their conversations stay apart. */
  user: z.string().max(512).nullish(),
  safety_identifier: z.string().max(512).nullish(),
});
export type ChatCompletionRequest = z.infer<typeof chatCompletionRequestSchema>;

export const modelSchema = z.object({
  /** The bot's public id. */
  id: z.string(),
  object: z.literal("model"),
  /** Seconds since 1970. */
  created: z.number(),
  owned_by: z.string(),
  parlance: z.object({ botId: z.uuid(), name: z.string(), description: z.string().nullable() }),
});
export type Model = z.infer<typeof modelSchema>;

export const ratingSchema = z.object({
  rating: z.enum(["up", "down"]),
  comment: z.string().max(1_000).optional(),
});
