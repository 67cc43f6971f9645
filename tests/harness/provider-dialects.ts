import { z } from "zod";

/** How a provider's protocol says the same things: a question that came, and an answer in words. */
export interface Dialect {
  /** What the model is told and asked, the instructions first. */
  read(body: unknown): { role: string; content: string }[];
  /** The answer to a request that asked for no stream. */
  whole(text: string): object;
  /** Server-sent events before the first word. */
  begin(): string;
  word(text: string): string;
  /** A call of a tool, where the fake speaks of such. */
  tool?(name: string, args: string): string;
  /** After the last word: why it ended, and what it used. */
  end(text: string): string;
}

/** What every answer of the fake providers uses. */
export const usage = { input: 120, output: 20 };

const content = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().default("") }))])
  .transform((value) => (typeof value === "string" ? value : value.map((part) => part.text).join("")));
const turns = z.array(z.object({ role: z.string(), content }));

/** Server-sent events; those with a type are named after it. */
function events(...all: { [field: string]: unknown; type?: string }[]): string {
  return all
    .map((data) => `${data.type ? `event: ${data.type}\n` : ""}data: ${JSON.stringify(data)}\n\n`)
    .join("");
}

const chunkBase = {
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_700_000_000,
  model: "fake-1",
};
const chatUsage = {
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
};

/** OpenAI's chat completions, which many others speak. */
export const chatCompletions: Dialect = {
  read: (body) => z.object({ messages: turns }).parse(body).messages,
  whole: (text) => ({
    ...chunkBase,
    object: "chat.completion",
    choices: [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }],
    usage: chatUsage,
  }),
  begin: () => "",
  word: (text) => events({ ...chunkBase, choices: [{ index: 0, delta: { content: text } }] }),
  tool: (name, args) =>
    events({
      ...chunkBase,
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [
              { index: 0, id: `call-${name}`, type: "function", function: { name, arguments: args } },
            ],
          },
        },
      ],
    }),
  end: () =>
    events(
      { ...chunkBase, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
      { ...chunkBase, choices: [], usage: chatUsage },
    ).concat("data: [DONE]\n\n"),
};

const anthropicMessage = { id: "msg_1", type: "message", role: "assistant", model: "fake-1" };

/** Anthropic's messages. */
export const anthropicMessages: Dialect = {
  read(body) {
    const { system, messages } = z.object({ system: content.optional(), messages: turns }).parse(body);
    return [...(system === undefined ? [] : [{ role: "system", content: system }]), ...messages];
  },
  whole: (text) => ({
    ...anthropicMessage,
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: usage.input, output_tokens: usage.output },
  }),
  begin: () =>
    events(
      {
        type: "message_start",
        message: {
          ...anthropicMessage,
          content: [],
          stop_reason: null,
          usage: { input_tokens: usage.input, output_tokens: 1 },
        },
      },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "ping" },
    ),
  word: (text) => events({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }),
  end: () =>
    events(
      { type: "content_block_stop", index: 0 },
      {
        type: "message_delta",
        delta: { stop_reason: "end_turn", stop_sequence: null },
        usage: { output_tokens: usage.output },
      },
      { type: "message_stop" },
    ),
};

const place = { item_id: "msg_1", output_index: 0, content_index: 0 };

function response(status: string, text: string) {
  const item = {
    type: "message",
    id: "msg_1",
    status: "completed",
    role: "assistant",
    content: [{ type: "output_text", text, annotations: [] }],
  };
  return {
    id: "resp_1",
    object: "response",
    created_at: 1_700_000_000,
    model: "fake-1",
    status,
    output: status === "completed" ? [item] : [],
    ...(status === "completed"
      ? {
          usage: {
            input_tokens: usage.input,
            output_tokens: usage.output,
            total_tokens: usage.input + usage.output,
            output_tokens_details: { reasoning_tokens: 0 },
          },
        }
      : {}),
  };
}

/** OpenAI's responses, which xAI speaks as well. */
export const responses: Dialect = {
  read: (body) => z.object({ input: turns }).parse(body).input,
  whole: (text) => response("completed", text),
  begin: () =>
    events(
      { type: "response.created", response: response("in_progress", "") },
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { type: "message", id: "msg_1", status: "in_progress", role: "assistant", content: [] },
      },
      {
        type: "response.content_part.added",
        ...place,
        part: { type: "output_text", text: "", annotations: [] },
      },
    ),
  word: (delta) => events({ type: "response.output_text.delta", ...place, delta }),
  end(text) {
    const completed = response("completed", text);
    return events(
      { type: "response.output_text.done", ...place, text },
      { type: "response.output_item.done", output_index: 0, item: completed.output[0] },
      { type: "response.completed", response: completed },
    );
  },
};

/** Texts as vectors of 16 dimensions: which words they hold, by a hash. */
export function embeddingsOf(body: unknown): { inputs: string[]; answer: object } {
  const { input } = z.object({ input: z.union([z.string(), z.array(z.string())]) }).parse(body);
  const inputs = typeof input === "string" ? [input] : input;
  const data = inputs.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
  const tokens = inputs.length * 10;
  const answer = {
    object: "list",
    model: "fake-embedding",
    data,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
  return { inputs, answer };
}

function vectorOf(text: string): number[] {
  const vector = Array.from({ length: 16 }, () => 0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 4_093;
    vector[hash % 16] = (vector[hash % 16] ?? 0) + 1;
  }
  return vector;
}
