import { afterAll, beforeAll, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

const replayed = (runId: string) =>
  eventually(async () => {
    const replay = await ada.trpc.evaluations.replay.get.query({ runId });
    if (replay.run.status !== "completed") throw new Error(replay.run.status);
    return replay;
  });

test("a past conversation is asked again on a draft, beside what was said then, and stays as it was", async () => {
  const chat = memberChat(ada, botId);
  await askBot(server, chat, "Hello");
  await askBot(server, chat, "How many days does a refund take after the parcel?");
  const last = await askBot(server, chat, "Who painted the ceiling of the Sistine Chapel?");
  const conversationId = last.metadata?.conversationId ?? "";
  const messages = async () => (await ada.trpc.conversations.get.query({ id: conversationId })).messages;
  const before = await messages();
  const { id } = await ada.trpc.evaluations.replay.start.mutate({ conversationId, topK: 1 });
  const { run, turns } = await replayed(id);
  expect(run).toMatchObject({
    kind: "replay",
    conversationId,
    total: 3,
    isWhole: false,
    settings: { topK: 1 },
  });
  const [hello, refund, chapel] = turns;
  expect(hello).toMatchObject({ question: "Hello", before: null, after: { intent: "greeting" } });
  expect(refund?.before?.text).toContain("14 days");
  expect(refund?.after?.text).toContain("14 days");
  expect(refund?.before?.trace.passages.length).toBeGreaterThan(1);
  expect(refund?.after?.trace.passages).toHaveLength(1);
  expect(chapel).toMatchObject({
    before: { mode: "abstained" },
    after: { mode: "abstained" },
    failed: false,
  });
  expect(await messages()).toEqual(before);

  const answerId = refund?.before?.id ?? "";
  const one = await ada.trpc.evaluations.replay.start.mutate({ conversationId, answerId });
  expect((await replayed(one.id)).turns.map(({ question }) => question)).toEqual([
    "How many days does a refund take after the parcel?",
  ]);
  const all = await ada.trpc.evaluations.replay.list.query({ conversationId });
  expect(all.map((each) => each.id)).toEqual([one.id, id]);
  expect((await ada.trpc.evaluations.runs.list.query({ botId })).items).toEqual([]);
});

test("an answer of another conversation is not found in this one", async () => {
  const one = await askBot(server, memberChat(ada, botId), "Is an exchange free?");
  const other = await askBot(server, memberChat(ada, botId), "Is an exchange free?");
  const start = ada.trpc.evaluations.replay.start.mutate({
    conversationId: one.metadata?.conversationId ?? "",
    answerId: other.metadata?.answerId ?? "",
  });
  expect(await refusal(start)).toBe("NOT_FOUND");
});
