import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, textOf } from "../../../../../tests/harness/chat.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { say } from "./answers.strings.ts";

let server: TestServer;
let ada: TestUser;
let hotels: { id: string };
let plans: { id: string };

const hotel = (pets: string, parking: string, breakfast: string) =>
  `## Pets\n\n${pets}\n\n## Parking\n\n${parking}\n\n## Breakfast\n\n${breakfast}`;

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  hotels = await botWith(ada, {
    "Grant Inn.md": hotel(
      "Dogs are allowed in every room of the house.",
      "Parking costs twelve dollars a night.",
      "Breakfast is served from seven until ten.",
    ),
    "Lake Lodge.md": hotel(
      "No dogs are allowed in the house.",
      "Parking is free for all guests.",
      "Breakfast is served from eight until noon.",
    ),
    "Taxes.md": "The city tax is two dollars a person and night. It is paid on arrival, in cash.",
    "فندق الواحة.md":
      "## الإفطار\n\nيقدم الإفطار من السادسة حتى التاسعة صباحا.\n\n## الحيوانات\n\nلا يسمح بالحيوانات في الغرف.",
  });
  plans = await botWith(ada, {
    "Basic plan.md": "The price is nine euros a month.",
    "Pro plan.md": "The price is forty euros a month.",
    "Team plan.md": "The price is ninety euros a month.",
  });
});
afterAll(() => server.close());

/** Says one thing after the other in one conversation; gives what came last, with its answer. */
async function inTurn(bot: { id: string }, ...messages: string[]) {
  const chat = memberChat(ada, bot.id);
  let last = await askBot(server, chat, messages[0] ?? "");
  for (const message of messages.slice(1)) last = await askBot(server, chat, message);
  const id = last.metadata?.answerId;
  const answer = id ? await ada.trpc.answers.get.query({ id }) : null;
  const search = answer?.trace.stages.find(({ stage }) => stage === "retrieve")?.data;
  return { text: textOf(last), answer, search };
}

describe("a question that leaves open what it is about", () => {
  test("is answered for what was named last, and the trace says what was taken over from where", async () => {
    const { text, answer, search } = await inTurn(
      hotels,
      "Are dogs allowed at the Grant Inn?",
      "Are dogs allowed at the Lake Lodge?",
      "and is parking free there?",
    );
    expect(text).toContain("Parking is free");
    expect(answer?.trace.standaloneQuestion).toBe("and is parking free there?\nLake Lodge");
    expect(search).toMatchObject({
      standaloneQuestion: answer?.trace.standaloneQuestion,
      takenOver: "Lake Lodge.md",
      messagesAgo: expect.any(Number),
      takenOverShare: expect.any(Number),
    });
  });

  test("is answered for the document that was just cited, though nobody named it", async () => {
    const { text, search } = await inTurn(
      hotels,
      "Where does parking cost twelve dollars?",
      "when is breakfast served there?",
    );
    expect(search).toMatchObject({ takenOver: "Grant Inn.md", messagesAgo: 1 });
    expect(text).toBe("Breakfast is served from seven until ten. [1]");
  });

  test("is answered in Arabic as well", async () => {
    const { text } = await inTurn(hotels, "هل يسمح بالحيوانات في فندق الواحة؟", "ومتى يقدم الإفطار هناك؟");
    expect(text).toContain("السادسة");
  });
});

describe("a follow-up of the question before", () => {
  test("asks the same about what it names", async () => {
    const { text, answer } = await inTurn(
      plans,
      "what is the price of the Basic plan?",
      "what about the Pro plan?",
    );
    expect(text).toContain("forty euros");
    expect(answer?.trace.standaloneQuestion).toBe("what about the Pro plan?\nwhat is the price of the plan?");
  });
});

describe("a question of its own", () => {
  test("is answered by its own words, whatever was said before", async () => {
    const { text, answer, search } = await inTurn(
      hotels,
      "Are dogs allowed at the Lake Lodge?",
      "How much is the city tax?",
    );
    expect(text).toContain("two dollars");
    expect(answer?.trace.standaloneQuestion).toBe("How much is the city tax?");
    expect(search).not.toHaveProperty("takenOver");
  });

  test("is answered alike when it is repeated, and after small talk alone", async () => {
    const question = "How much is the city tax?";
    const { text } = await inTurn(hotels, question);
    expect((await inTurn(hotels, question, question)).text).toBe(text);
    expect((await inTurn(hotels, "hello", "thanks", "ok great", question)).text).toBe(text);
  });
});

describe("nothing is searched for", () => {
  test.each([
    ["goodbye, and thanks!", "goodbye"],
    ["ok, got it", "acknowledged"],
    ["merci beaucoup", "thanks"],
  ] as const)("%s", async (message, phrase) => {
    const { text, answer } = await inTurn(hotels, "How much is the city tax?", message);
    expect(answer).toBeNull();
    expect(text).toBe(say(phrase, message.startsWith("merci") ? "fr" : "en"));
  });

  test("yes to the bot's offer brings in a person", async () => {
    const chat = memberChat(ada, hotels.id);
    const offered = await askBot(server, chat, "What is the capital of Mongolia?");
    expect(textOf(offered)).toBe(say("unknown", "en"));
    await askBot(server, chat, "yes please").catch(() => undefined);
    const { status } = await ada.trpc.conversations.get.query({ id: chat.chatId });
    expect(status).toBe("escalated");
  });
});
