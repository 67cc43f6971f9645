import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, visit } from "../../../../../tests/harness/chat.ts";
import { botWith, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
let documents: { id: string; fileName: string }[];
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  const bot = await botWith(ada, shopTexts);
  botId = bot.id;
  documents = bot.documents;
});
afterAll(() => server.close());

const make = (
  from: "feedback" | "reviews" | "conversations" | "document" | "other_domain",
  rest: object = {},
) => ada.trpc.evaluations.cases.make.mutate({ botId, from, ...rest });
const listed = async (input: object = {}) =>
  (await ada.trpc.evaluations.cases.list.query({ botId, pageSize: 100, ...input })).items;

test("the same question in other spelling is one case, by hand or by table", async () => {
  const kept = await ada.trpc.evaluations.cases.create.mutate({ botId, question: "Où est le café ?" });
  const again = { botId, question: "ou est le CAFE" };
  expect(await refusal(ada.trpc.evaluations.cases.create.mutate(again))).toBe("CONFLICT");
  const later = { ...again, history: [{ author: "customer" as const, text: "I am in Lyon." }] };
  const other = await ada.trpc.evaluations.cases.create.mutate(later);
  const same = { caseId: other.id, history: [] };
  expect(await refusal(ada.trpc.evaluations.cases.update.mutate(same))).toBe("CONFLICT");
  const imported = await ada.trpc.evaluations.cases.import.mutate({
    botId,
    csv: "question\nOu est le cafe\n",
  });
  expect(imported).toEqual({ added: 0, duplicates: 1, overLimit: 0, errors: [] });
  for (const { id } of [kept, other]) await ada.trpc.evaluations.cases.delete.mutate({ caseId: id });
  expect(await listed()).toEqual([]);
});

describe("a table", () => {
  test("is read with all its columns", async () => {
    const csv = [
      "question;expects;answers;contains;document;passage;history",
      'When does it open?;;nine | 9;Monday;Shop.md;"opens at nine";"customer: The shop in Lyon?\nbot: Yes?"',
      "Call me;handoff;;;;;",
      "Who won?;abstain;;;;;",
    ].join("\n");
    const outcome = await ada.trpc.evaluations.cases.import.mutate({ botId, csv });
    expect(outcome).toEqual({ added: 3, duplicates: 0, overLimit: 0, errors: [] });
    const [first] = await listed({ search: "open" });
    expect(first).toMatchObject({
      expects: "answer",
      goldAnswers: ["nine", "9"],
      mustContain: ["Monday"],
      goldDocumentId: documents.find(({ fileName }) => fileName === "Shop.md")?.id,
      goldQuote: "opens at nine",
      history: [
        { author: "customer", text: "The shop in Lyon?" },
        { author: "bot", text: "Yes?" },
      ],
      origin: "csv",
    });
  });

  test.each([
    ["what\nx", 1, 'no column "what"'],
    ["expects\nanswer", 1, '"question" is missing'],
    ["question,expects\nA?,perhaps", 2, 'not "perhaps"'],
    ["question,document\nA?,Nowhere.md", 2, 'no document "Nowhere.md"'],
    ["question,passage\nA?,words", 2, 'needs the "document"'],
    ["question,history\nA?,hello", 2, 'begins with "customer:"'],
    ["question,answers\n,x", 2, "question"],
    ['question\n"A?', 2, "quotation mark"],
  ])("with a fault says where: %j", async (csv, line, words) => {
    const outcome = await ada.trpc.evaluations.cases.import.mutate({ botId, csv });
    expect(outcome).toMatchObject({ added: 0, errors: [{ line, message: expect.stringContaining(words) }] });
  });

  test("loses only its faulty lines", async () => {
    const csv = "question,expects\nIs there parking?,answer\nA?,perhaps\n";
    const outcome = await ada.trpc.evaluations.cases.import.mutate({ botId, csv });
    expect(outcome).toMatchObject({ added: 1, errors: [{ line: 3 }] });
  });
});

describe("cases are made", () => {
  test("of a document's own sentences, and each of them finds its sentence", async () => {
    const documentId = documents[0]?.id ?? "";
    const outcome = await make("document", { documentId });
    expect(outcome.added).toBeGreaterThan(0);
    const made = await listed({ origin: "document" });
    for (const { question, goldAnswers, goldQuote, goldDocumentId } of made) {
      expect(goldDocumentId).toBe(documentId);
      expect(Object.values(shopTexts).join("\n")).toContain(goldQuote);
      if (goldAnswers[0] !== goldQuote) expect(question).not.toContain(goldAnswers[0]);
    }
    expect(await make("document", { documentId })).toMatchObject({ added: 0, duplicates: outcome.added });
  });

  test("of other domains, which should be refused", async () => {
    expect(await make("other_domain", { limit: 5 })).toMatchObject({ added: 5 });
    const made = await listed({ origin: "other_domain" });
    expect(made.every(({ expects }) => expects === "abstain")).toBe(true);
  });

  test("of a thumbs-down, switched off until somebody says what is right", async () => {
    const message = await askBot(server, memberChat(ada, botId), "Does the exchange need the receipt?");
    const answerId = message.metadata?.answerId ?? "";
    await ada.trpc.ragQuery.submitFeedback.mutate({ queryLogId: answerId, rating: "THUMBS_DOWN" });
    expect(await make("feedback")).toMatchObject({ added: 1 });
    const [made] = await listed({ origin: "thumbs_down" });
    expect(made).toMatchObject({
      question: "Does the exchange need the receipt?",
      originId: answerId,
      isEnabled: false,
    });
  });

  test("of a resolved conversation, with what a person said as right", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "Hello");
    await askBot(server, visitor, "Is there a place for my dog?");
    const conversationId = visitor.conversationId;
    await ada.trpc.conversations.takeOver.mutate({ id: conversationId });
    await ada.trpc.conversations.reply.mutate({
      id: conversationId,
      clientId: newId(),
      text: "Dogs wait in the garden.",
    });
    await ada.trpc.conversations.resolve.mutate({ id: conversationId });
    expect(await make("conversations")).toMatchObject({ added: 1 });
    const [made] = await listed({ origin: "conversation" });
    expect(made).toMatchObject({
      question: "Is there a place for my dog?",
      goldAnswers: ["Dogs wait in the garden."],
      originId: conversationId,
      isEnabled: true,
    });
    expect(made?.history[0]).toEqual({ author: "customer", text: "Hello" });
  });
});

test("a bot has as many cases as it may have, and not one more", async () => {
  const bot = await ada.trpc.bot.create.mutate({ name: "Full" });
  const csv = ["question", ...Array.from({ length: 501 }, (_, n) => `Question ${n}?`)].join("\n");
  const outcome = await ada.trpc.evaluations.cases.import.mutate({ botId: bot.id, csv });
  expect(outcome).toMatchObject({ added: 500, overLimit: 1 });
  const one = ada.trpc.evaluations.cases.create.mutate({ botId: bot.id, question: "One more?" });
  expect(await refusal(one)).toBe("CONFLICT");
});
