import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedTestServer, type TestServer } from "../../../../../tests/harness/server.ts";
import { askedBot, messages, question, user } from "./testing/completions.ts";

/* What the endpoint makes of requests as they come over the wire, good and bad. */

let server: TestServer;
let bot: Awaited<ReturnType<typeof askedBot>>;
let foreign: typeof bot;
beforeAll(async () => {
  server = await sharedTestServer();
  bot = await askedBot(server, await server.signUp("Ada"));
  foreign = await askedBot(server, await server.signUp("Eve"));
});
afterAll(() => server.close());

interface Row {
  title: string;
  call: () => Promise<Response>;
  /** 200 where none is said. */
  status?: number;
  param?: string | null;
  code?: string | null;
}
const row = (title: string, change: object, status = 200, param: string | null = null): Row => ({
  title,
  call: () => bot.send(change),
  status,
  param,
  ...(status === 400 ? { code: null } : {}),
});
const text = { type: "text", text: question };
const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };

const rows: Row[] = [
  row("a plain question", {}),
  row(
    "a text of parts",
    messages(
      user([
        { type: "text", text: "How many days" },
        { type: "text", text: "?" },
      ]),
    ),
  ),
  row(
    "every role",
    messages(
      { role: "system", content: "Obey me." },
      { role: "developer", content: [text] },
      user("Hello"),
      { role: "assistant", content: null, tool_calls: [{ id: "1", type: "function", function: {} }] },
      { role: "tool", tool_call_id: "1", content: "{}" },
      { role: "function", name: "f", content: "{}" },
      { role: "assistant", content: [{ type: "refusal", refusal: "No." }] },
      user(question),
    ),
  ),
  row("fields without effect", {
    temperature: 2,
    top_p: 0.1,
    max_tokens: 1,
    max_completion_tokens: 1,
    stop: ["a"],
    seed: 1,
    logprobs: true,
    presence_penalty: 1,
    frequency_penalty: 1,
    logit_bias: {},
    tools: [],
    tool_choice: "auto",
    store: true,
    metadata: {},
    reasoning_effort: "low",
    service_tier: "auto",
    parallel_tool_calls: true,
    unheard: "of",
  }),
  row("fields that are null", {
    n: null,
    stream: null,
    stream_options: null,
    user: null,
    response_format: null,
    tool_choice: null,
  }),
  row("n of 1, and text asked for", { n: 1, response_format: { type: "text" }, modalities: ["text"] }),
  row("8,000 characters", messages(user(`${question} ${"a".repeat(8_000 - question.length - 1)}`))),
  row("NUL and half of a pair", messages(user(`${question}\u0000\ud800`))),
  row(
    "a long history of long words",
    messages(user("b".repeat(500_000)), { role: "assistant", content: "c" }, user(question)),
  ),
  row(
    "a thousand messages",
    messages(
      ...Array.from({ length: 1_000 }, (_, n) => ({
        role: n % 2 ? "user" : "assistant",
        content: `Word ${n}`,
      })),
    ),
  ),
  { title: "a bot's id as the model", call: () => bot.send({ model: bot.botId }) },
  {
    title: "a charset in the content type",
    call: () =>
      bot.post(JSON.stringify({ model: bot.model, messages: [user("Hi")] }), {
        "content-type": "application/json; charset=utf-8",
      }),
  },

  row("no messages", { messages: undefined }, 400, "messages"),
  row("empty messages", { messages: [] }, 400, "messages"),
  row("messages of null", { messages: null }, 400, "messages"),
  row("messages as a text", { messages: question }, 400, "messages"),
  row("messages as an object", { messages: { role: "user" } }, 400, "messages"),
  row("1,001 messages", messages(...Array.from({ length: 1_001 }, () => user("a"))), 400, "messages"),
  row("a message of null", messages(null), 400, "messages[0]"),
  row("a message without a role", messages({ content: question }), 400, "messages[0].role"),
  row("an unknown role", messages({ role: "critic", content: question }), 400, "messages[0].role"),
  row("only system", messages({ role: "system", content: question }), 400, "messages"),
  row("the assistant last", messages(user(question), { role: "assistant", content: "A" }), 400, "messages"),
  row("no content", messages({ role: "user" }), 400, "messages[0].content"),
  row("content of null", messages(user(null)), 400, "messages[0].content"),
  row("content as a number", messages(user(42)), 400, "messages[0].content"),
  row("content as an object", messages(user({ text: question })), 400, "messages[0].content"),
  row("an empty content", messages(user("")), 400, "messages[0].content"),
  row("blanks", messages(user(" \n\t ")), 400, "messages[0].content"),
  row("no parts", messages(user([])), 400, "messages[0].content"),
  row("a part without a type", messages(user([{ text: question }])), 400, "messages[0].content"),
  row("a text part without a text", messages(user([{ type: "text" }])), 400, "messages[0].content[0]"),
  row("an image", messages(user([text, image])), 400, "messages[0].content[1]"),
  row("an image in the history", messages(user([image]), user(question)), 400, "messages[0].content[0]"),
  row("a sound", messages(user([{ type: "input_audio", input_audio: {} }])), 400, "messages[0].content[0]"),
  row("a file", messages(user([{ type: "file", file: {} }])), 400, "messages[0].content[0]"),
  row("8,001 characters", messages(user("a".repeat(8_001))), 400, "messages[0].content"),
  row("a message of a megabyte", messages(user("a".repeat(1_000_000))), 400, "messages[0].content"),
  row("two choices", { n: 2 }, 400, "n"),
  row("no choice", { n: 0 }, 400, "n"),
  row("JSON asked for", { response_format: { type: "json_object" } }, 400, "response_format.type"),
  row(
    "a schema asked for",
    { response_format: { type: "json_schema", json_schema: {} } },
    400,
    "response_format.type",
  ),
  row("a tool asked for", { tool_choice: "required" }, 400, "tool_choice"),
  row("sound asked for", { modalities: ["text", "audio"] }, 400, "modalities[1]"),
  row("stream as a text", { stream: "yes" }, 400, "stream"),
  row("stream options as a text", { stream: true, stream_options: "all" }, 400, "stream_options"),
  row("a user as a number", { user: 5 }, 400, "user"),
  row("a user of 513 characters", { user: "u".repeat(513) }, 400, "user"),
  row("a model as a number", { model: 5 }, 400, "model"),
  row("a model of 201 characters", { model: "m".repeat(201) }, 400, "model"),
  { ...row("no model", { model: undefined }, 404, "model"), code: "model_not_found" },
  { ...row("an unknown model", { model: "gpt-4o" }, 404, "model"), code: "model_not_found" },
  { ...row("a model with NUL", { model: "a\u0000b" }, 400), code: null },
  {
    title: "another tenant's bot",
    call: () => bot.send({ model: foreign.model }),
    status: 404,
    param: "model",
    code: "model_not_found",
  },
  { title: "no body", call: () => bot.post(null), status: 400 },
  { title: "an empty body", call: () => bot.post(""), status: 400 },
  { title: "no JSON", call: () => bot.post("{model:"), status: 400 },
  { title: "a list", call: () => bot.post("[]"), status: 400 },
  { title: "a number", call: () => bot.post("42"), status: 400 },
  { title: "null", call: () => bot.post("null"), status: 400 },
  { title: "a prototype's key", call: () => bot.post('{"__proto__": {"a": 1}, "model": "m"}'), status: 400 },
  {
    title: "deep nesting",
    call: () => bot.post(`{"messages":${"[".repeat(10_000)}${"]".repeat(10_000)}}`),
    status: 400,
  },
  {
    title: "another content type",
    call: () => bot.post("model=a", { "content-type": "application/x-www-form-urlencoded" }),
    status: 400,
  },
  {
    title: "plain text",
    call: () =>
      bot.post(JSON.stringify({ model: bot.model, messages: [user("Hi")] }), {
        "content-type": "text/plain",
      }),
    status: 400,
  },
  {
    title: "three megabytes",
    call: () => bot.send(messages(user("a".repeat(3_000_000)))),
    status: 413,
    code: "payload_too_large",
  },
  {
    title: "another method",
    call: () => fetch(`${server.url}/openai/v1/chat/completions`, { method: "PUT" }),
    status: 404,
    code: "not_found",
  },
  {
    title: "an endpoint that is none",
    call: () => bot.post("{}", {}, "/embeddings"),
    status: 404,
    code: "not_found",
  },
  {
    title: "no key",
    call: () => bot.post("{}", { authorization: "" }),
    status: 401,
    code: "invalid_api_key",
  },
];

test.each(rows)("$title: $status", async ({ call, status = 200, param, code }) => {
  const response = await call();
  const body = await response.json();
  expect(response.status, JSON.stringify(body)).toBe(status);
  if (status === 200) {
    expect(body.choices[0]).toMatchObject({
      index: 0,
      finish_reason: "stop",
      message: { role: "assistant" },
    });
    expect(body.choices[0].message.content).not.toBe("");
    return;
  }
  const { error } = body;
  expect(Object.keys(error).sort()).toEqual(["code", "message", "param", "type"]);
  expect(error.type).toBe("invalid_request_error");
  expect(error.message.length).toBeGreaterThan(10);
  if (param !== undefined) expect(error.param).toBe(param);
  if (code !== undefined) expect(error.code).toBe(code);
});
