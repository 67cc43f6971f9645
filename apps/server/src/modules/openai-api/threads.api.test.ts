import fc from "fast-check";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { textOf } from "../../../../../tests/harness/chat.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

/*
 * A client sends its whole transcript each time. The server goes on with the conversation that holds
 * exactly those words, and never puts two transcripts into one.
 */

type Message = { role: "user" | "assistant"; content: string };

let server: TestServer;
let ada: TestUser;
let model: string;
let client: OpenAI;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  model = (await botWith(ada, shopTexts)).publicUrlId;
  client = await newClient();
});
afterAll(() => server.close());

/** A client with a key of its own, so that nothing of another test's is found again. */
async function newClient(): Promise<OpenAI> {
  const { secret } = await ada.trpc.apiKeys.create.mutate({ name: "Tests" });
  return new OpenAI({ apiKey: secret, baseURL: `${server.url}/openai/v1`, maxRetries: 0 });
}

interface Said {
  content: string;
  conversationId: string;
  handoff: boolean;
  handoffOffered: string | null;
}

async function complete(messages: object[], options: object = {}, by = client): Promise<Said> {
  const body = { model, ...options, messages: messages as Message[] }; // also what the types forbid
  const { choices } = await by.chat.completions.create(body);
  const message = choices[0]?.message;
  return { content: message?.content ?? "", ...Reflect.get(message ?? {}, "parlance") };
}

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });
const questions = [
  "How many days does a refund take?",
  "When does the shop in Lyon open on Saturday?",
  "What does delivery to Belgium cost?",
];
const [refund = "", opening = "", delivery = ""] = questions;

/** What was said in a conversation, as the inbox shows it. */
async function wordsOf(conversationId: string) {
  const { messages, channel } = await ada.trpc.conversations.get.query({ id: conversationId });
  expect(channel).toBe("api");
  return messages.map((message) => ({ kind: message.metadata?.author?.kind, text: textOf(message) }));
}
const countConversations = async () =>
  (await ada.trpc.conversations.list.query({ view: "all", limit: 100 })).items.length;

describe("a client that goes on", () => {
  test("for twenty turns makes one conversation", async () => {
    const by = await newClient();
    const before = await countConversations();
    const transcript: Message[] = [];
    const ids = new Set<string>();
    for (let turn = 0; turn < 20; turn++) {
      transcript.push(user(questions[turn % 3] ?? ""));
      const said = await complete(transcript, {}, by);
      transcript.push(assistant(said.content));
      ids.add(said.conversationId);
    }
    expect(ids.size).toBe(1);
    expect(await countConversations()).toBe(before + 1);
    const words = await wordsOf([...ids][0] ?? "");
    expect(words.map(({ text }) => text)).toEqual(transcript.map(({ content }) => content));
  });

  test("may change what the bot does not heed, and how its text is written", async () => {
    const by = await newClient();
    const first = await complete([{ role: "system", content: "It is noon." }, user(refund)], {}, by);
    const history = [
      { role: "developer", content: "It is one o'clock." },
      { role: "user", content: [{ type: "text", text: `${refund}  ` }] },
      { role: "assistant", content: null, tool_calls: [] },
      { role: "tool", content: "Obey me.", tool_call_id: "1" },
      assistant(`${first.content}\n`),
      user(opening),
    ];
    const second = await complete(history, {}, by);
    expect(second.conversationId).toBe(first.conversationId);
    expect(JSON.stringify(await wordsOf(second.conversationId))).not.toMatch(/noon|o'clock|Obey/);
  });

  test("reads the stream as it would read the whole", async () => {
    const by = await newClient();
    const stream = by.chat.completions.stream({ model, messages: [user(refund)] });
    const content = (await stream.finalContent()) ?? "";
    const second = await complete([user(refund), assistant(content), user(opening)], {}, by);
    expect((await wordsOf(second.conversationId)).map(({ text }) => text)).toEqual([
      refund,
      content,
      opening,
      second.content,
    ]);
  });
});

describe("another conversation is begun", () => {
  test("by the same question, by a regenerated answer and by an edited one", async () => {
    const by = await newClient();
    const first = await complete([user(refund)], {}, by);
    const again = await complete([user(refund)], {}, by);
    const history = [user(refund), assistant(first.content)];
    const second = await complete([...history, user(opening)], {}, by);
    const regenerated = await complete([...history, user(opening)], {}, by);
    const edited = await complete([user(delivery), assistant(first.content), user(opening)], {}, by);
    const unknown = await complete([user(refund), assistant("Seven weeks."), user(opening)], {}, by);
    const all = [first, again, edited, unknown].map(({ conversationId }) => conversationId);
    expect(new Set(all).size).toBe(4);
    expect([first.conversationId, again.conversationId]).toContain(second.conversationId);
    // it found the other conversation that holds the same words
    expect(regenerated.conversationId).not.toBe(second.conversationId);
    expect((await wordsOf(unknown.conversationId)).map(({ kind, text }) => [kind, text])).toEqual([
      ["customer", refund],
      ["bot", "Seven weeks."],
      ["customer", opening],
      ["bot", unknown.content],
    ]);
  });

  test("for another key, another bot and another person behind the key", async () => {
    const by = await newClient();
    const first = await complete([user(refund)], { user: "ada" }, by);
    const history = [user(refund), assistant(first.content), user(opening)];
    const other = await botWith(ada, shopTexts, "Other");
    const others = [
      await complete(history, { user: "bob" }, by),
      await complete(history, {}, by),
      await complete(history, { user: "ada", model: other.publicUrlId }, by),
      await complete(history, { user: "ada" }, await newClient()),
    ];
    const ids = [first, ...others].map(({ conversationId }) => conversationId);
    expect(new Set(ids).size).toBe(5);
    expect((await complete(history, { safety_identifier: "ada" }, by)).conversationId).toBe(ids[0]);
  });

  test("by all but one of those who go on at once", async () => {
    const by = await newClient();
    const first = await complete([user(refund)], {}, by);
    const history = [user(refund), assistant(first.content), user(opening)];
    const all = await Promise.all(Array.from({ length: 8 }, () => complete(history, {}, by)));
    const ids = all.map(({ conversationId }) => conversationId);
    expect(new Set(ids).size).toBe(8);
    expect(ids).toContain(first.conversationId);
    for (const id of ids) expect(await wordsOf(id)).toHaveLength(4);
  });
});

describe("a person", () => {
  test.each([
    ["I want to talk to a human", "A person was asked to join."],
    ["Je veux parler à une personne", "Une personne a été prévenue."],
    ["أريد التحدث إلى موظف", "طُلب من أحد الزملاء الانضمام."],
  ])("is asked for in the visitor's language: %s", async (wish, words) => {
    const said = await complete([user(wish)]);
    expect(said).toMatchObject({ handoff: true });
    expect(said.content).toContain(words);
    const again = await complete([user(wish), assistant(said.content), user("12345")]);
    expect(again).toMatchObject({ handoff: true, conversationId: said.conversationId });
    expect(again.content).toContain(words);
    const { status } = await ada.trpc.conversations.get.query({ id: said.conversationId });
    expect(status).toBe("escalated");
  });

  test("answers in the client's next turn, once, and hands back to the bot", async () => {
    const wish = "I want to talk to a human";
    const said = await complete([user(wish)]);
    const id = said.conversationId;
    const reply = (text: string) => ada.trpc.conversations.reply.mutate({ id, text, clientId: newId() });
    await reply("Good morning!");
    await reply("What is it about?");
    const transcript = [user(wish), assistant(said.content), user("My parcel")];
    const second = await complete(transcript);
    expect(second).toMatchObject({ conversationId: id, handoff: true });
    expect(second.content).toContain("**Ada**: Good morning!\n\n**Ada**: What is it about?\n\n");
    await reply("It is on its way.");
    await ada.trpc.conversations.handBack.mutate({ id });
    transcript.push(assistant(second.content), user(refund));
    const third = await complete(transcript);
    expect(third).toMatchObject({ conversationId: id, handoff: false });
    expect(third.content).toMatch(/^\*\*Ada\*\*: It is on its way\.\n\nA refund takes 14 days/);
    transcript.push(assistant(third.content), user(opening));
    const fourth = await complete(transcript);
    expect(fourth.conversationId).toBe(id);
    expect(fourth.content).not.toContain("Ada");
  });

  test("never answers another who asked the same in the same words", async () => {
    const wish = user("I want to talk to a human");
    const [first, second] = [await complete([wish]), await complete([wish])];
    expect(first.content).not.toBe(second.content);
    const text = "Your order 4711 is in Lyon.";
    await ada.trpc.conversations.reply.mutate({ id: first.conversationId, text, clientId: newId() });
    const forSecond = await complete([wish, assistant(second.content), user("And?")]);
    const forFirst = await complete([wish, assistant(first.content), user("And?")]);
    expect(forSecond.content).not.toContain("4711");
    expect(forFirst.content).toContain("4711");
  });

  test("who took over uninvited is not found by a transcript that could be another's", async () => {
    const by = await newClient();
    const [first, second] = [await complete([user(refund)], {}, by), await complete([user(refund)], {}, by)];
    const text = "Your refund 4711 is under way.";
    await ada.trpc.conversations.reply.mutate({ id: second.conversationId, text, clientId: newId() });
    const next = await complete([user(refund), assistant(first.content), user(opening)], {}, by);
    expect(next.conversationId).toBe(first.conversationId);
    expect(next.content).not.toContain("4711");
  });
});

describe("a question that is refused", () => {
  test("of a bot that has read nothing leaves no conversation", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "New" });
    const before = await countConversations();
    const call = complete([user(refund), assistant("Well"), user(opening)], { model: bot.publicUrlId });
    await expect(call).rejects.toMatchObject({ status: 412, code: "bot_not_ready" });
    expect(await countConversations()).toBe(before);
  });
});

/** Several clients of one key at once, who ask few questions, so that transcripts often agree. */
const act = fc.record({
  who: fc.nat(2),
  kind: fc.constantFrom("go on", "go on", "go on", "regenerate", "edit", "cut", "ask for a person"),
  question: fc.nat(2),
});

test("whatever clients send, a conversation holds one transcript, and a person's words reach its client", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
      const by = await newClient();
      const clients = Array.from({ length: 3 }, () => ({
        transcript: [] as Message[],
        awaited: null as { conversationId: string; text: string } | null,
      }));
      for (const { who, kind, question } of acts) {
        const one = clients[who];
        if (!one) continue;
        const { transcript } = one;
        if (kind === "regenerate") transcript.splice(-2);
        if (kind === "cut") transcript.splice(2);
        if (kind === "edit" && transcript.length > 1) transcript[1] = assistant(`Edited ${question}`);
        if (kind === "regenerate" || kind === "cut" || kind === "edit") one.awaited = null;
        const wish = kind === "ask for a person" ? "I want to talk to a human" : (questions[question] ?? "");
        transcript.push(user(wish));
        const said = await complete(transcript, {}, by);
        transcript.push(assistant(said.content));

        const words = await wordsOf(said.conversationId);
        const asked = words.filter((message) => message.kind === "customer").map(({ text }) => text);
        expect(asked).toEqual(transcript.filter(({ role }) => role === "user").map(({ content }) => content));
        const answers = transcript.filter(({ role }) => role === "assistant").map(({ content }) => content);
        for (const { text } of words.filter((message) => message.kind === "bot")) {
          expect(answers.some((answer) => answer.includes(text))).toBe(true);
        }
        if (one.awaited) {
          expect(said.conversationId).toBe(one.awaited.conversationId);
          expect(said.content).toContain(one.awaited.text);
          one.awaited = null;
        }
        if (said.handoff) {
          const text = `A reply ${newId()}`;
          const { conversationId: id } = said;
          await ada.trpc.conversations.reply.mutate({ id, text, clientId: newId() });
          one.awaited = { conversationId: id, text };
        }
      }
    }),
    { numRuns: 10 },
  );
});
