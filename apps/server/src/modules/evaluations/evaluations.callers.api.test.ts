import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let agent: TestUser;
let member: TestUser;
let eve: TestUser;
let botId: string;
let caseId: string;
let runId: string;
let conversationId: string;
let replayId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  agent = await colleague(server, ada, "agent");
  member = await colleague(server, ada, "member");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, shopTexts)).id;
  const made = await ada.trpc.evaluations.cases.create.mutate({ botId, question: "Is an exchange free?" });
  caseId = made.id;
  runId = (await ada.trpc.evaluations.runs.start.mutate({ botId })).id;
  const answer = await askBot(server, memberChat(ada, botId), "Is an exchange free?");
  conversationId = answer.metadata?.conversationId ?? "";
  replayId = (await ada.trpc.evaluations.replay.start.mutate({ conversationId })).id;
  for (const id of [runId, replayId]) {
    await eventually(async () => {
      const { finishedAt } = await ada.trpc.evaluations.runs.get.query({ runId: id });
      if (!finishedAt) throw new Error("It is at work.");
    });
  }
});
afterAll(() => server.close());

type Call = (trpc: TrpcClient, ids: Ids) => Promise<unknown>;
interface Ids {
  botId: string;
  caseId: string;
  runId: string;
  conversationId: string;
  replayId: string;
}
const own = (): Ids => ({ botId, caseId, runId, conversationId, replayId });
const absent = (): Ids => ({
  botId: newId(),
  caseId: newId(),
  runId: newId(),
  conversationId: newId(),
  replayId: newId(),
});

const reads: Record<string, Call> = {
  "cases.list": (trpc, { botId }) => trpc.evaluations.cases.list.query({ botId }),
  "cases.get": (trpc, { caseId }) => trpc.evaluations.cases.get.query({ caseId }),
  "runs.list": (trpc, { botId }) => trpc.evaluations.runs.list.query({ botId }),
  "runs.get": (trpc, { runId }) => trpc.evaluations.runs.get.query({ runId }),
  "runs.results": (trpc, { runId }) => trpc.evaluations.runs.results.query({ runId }),
  "runs.result": (trpc, { runId, caseId }) => trpc.evaluations.runs.result.query({ runId, itemId: caseId }),
  "runs.compare": (trpc, { runId }) => trpc.evaluations.runs.compare.query({ runId, baseRunId: runId }),
  "replay.get": (trpc, { replayId }) => trpc.evaluations.replay.get.query({ runId: replayId }),
  "replay.list": (trpc, { conversationId }) => trpc.evaluations.replay.list.query({ conversationId }),
};
const writes: Record<string, Call> = {
  "cases.create": (trpc, { botId }) => trpc.evaluations.cases.create.mutate({ botId, question: newId() }),
  "cases.update": (trpc, { caseId }) => trpc.evaluations.cases.update.mutate({ caseId, isEnabled: true }),
  "cases.import": (trpc, { botId }) => trpc.evaluations.cases.import.mutate({ botId, csv: "question\n" }),
  "cases.make": (trpc, { botId }) => trpc.evaluations.cases.make.mutate({ botId, from: "feedback" }),
  "runs.start": (trpc, { botId }) => trpc.evaluations.runs.start.mutate({ botId }),
  "runs.cancel": (trpc, { runId }) => trpc.evaluations.runs.cancel.mutate({ runId }),
  "replay.start": (trpc, { conversationId }) =>
    trpc.evaluations.replay.start.mutate({ conversationId, topK: 1 }),
};
const gate: Record<string, Call> = {
  "botPrompt.gate": (trpc, { botId }) => trpc.botPrompt.gate.query({ botId }),
  "botPrompt.setGate": (trpc, { botId }) => trpc.botPrompt.setGate.mutate({ botId, minPassRate: null }),
};

const rows = (calls: Record<string, Call>, as: () => TestUser, refused?: string): [string, Scenario][] =>
  Object.entries(calls).map(([name, call]) => [
    name,
    { title: name, as: () => as().trpc, call: (trpc) => call(trpc, own()), ...(refused ? { refused } : {}) },
  ]);

describe("who may", () => {
  test.each([...rows(reads, () => ada), ...rows(writes, () => ada), ...rows(gate, () => ada)])(
    "the owner: %s",
    (_, scenario) => play(scenario),
  );
  test.each([...rows(reads, () => agent), ...rows(writes, () => agent, "FORBIDDEN")])(
    "an agent: %s",
    (_, scenario) => play(scenario),
  );
  test.each([...rows(reads, () => member, "FORBIDDEN"), ...rows(writes, () => member, "FORBIDDEN")])(
    "a member: %s",
    (_, scenario) => play(scenario),
  );
  const all = { ...reads, ...writes, ...gate };
  test.each(rows(all, () => eve, "NOT_FOUND"))("another tenant: %s", (_, scenario) => play(scenario));
  test.each(Object.entries(all))("a guest: %s", (_, call) =>
    play({ as: () => server.guest, call: (trpc) => call(trpc, own()), refused: "UNAUTHORIZED" }),
  );
  test.each(Object.entries(all))("what is not there: %s", (_, call) =>
    play({ as: () => ada.trpc, call: (trpc) => call(trpc, absent()), refused: "NOT_FOUND" }),
  );
});

describe("bounds", () => {
  const create = (rest: object) => (trpc: TrpcClient) =>
    trpc.evaluations.cases.create.mutate({ botId, question: newId(), ...rest });
  const many = (n: number, length = 3) => Array.from({ length: n }, (_, at) => `${at}`.padEnd(length, "x"));
  const bad: [string, (trpc: TrpcClient) => Promise<unknown>][] = [
    ["an empty question", create({ question: "  " })],
    ["a question of 8,001 characters", create({ question: "x".repeat(8_001) })],
    ["11 gold answers", create({ goldAnswers: many(11) })],
    ["an empty gold answer", create({ goldAnswers: [" "] })],
    ["a gold answer of 4,001 characters", create({ goldAnswers: ["x".repeat(4_001)] })],
    ["21 turns before", create({ history: many(21).map((text) => ({ author: "customer", text })) })],
    ["page 0", (trpc) => trpc.evaluations.cases.list.query({ botId, page: 0 })],
    ["pages of 101", (trpc) => trpc.evaluations.cases.list.query({ botId, pageSize: 101 })],
    ["11 passages", (trpc) => trpc.evaluations.runs.start.mutate({ botId, topK: 11 })],
    ["no passage", (trpc) => trpc.evaluations.runs.start.mutate({ botId, topK: 0 })],
    [
      "a prompt of 20,001 characters",
      (trpc) => trpc.evaluations.runs.start.mutate({ botId, prompt: "x".repeat(20_001) }),
    ],
    ["no cases chosen", (trpc) => trpc.evaluations.runs.start.mutate({ botId, caseIds: [] })],
    [
      "a name of 101 characters",
      (trpc) => trpc.evaluations.runs.start.mutate({ botId, name: "x".repeat(101) }),
    ],
    ["51 cases made", (trpc) => trpc.evaluations.cases.make.mutate({ botId, from: "feedback", limit: 51 })],
    ["cases of no document", (trpc) => trpc.evaluations.cases.make.mutate({ botId, from: "document" })],
    ["an empty table", (trpc) => trpc.evaluations.cases.import.mutate({ botId, csv: "" })],
    ["a pass rate above 1", (trpc) => trpc.botPrompt.setGate.mutate({ botId, minPassRate: 1.01 })],
    [
      "fewer than no regressions",
      (trpc) => trpc.botPrompt.setGate.mutate({ botId, minPassRate: 1, maxRegressions: -1 }),
    ],
  ];
  test.each(bad)("%s is refused", (_, call) =>
    play({ as: () => ada.trpc, call, refused: "VALIDATION_ERROR" }),
  );

  test("what is just within them is kept", async () => {
    const kept = await ada.trpc.evaluations.cases.create.mutate({
      botId,
      question: "q".repeat(8_000),
      goldAnswers: many(10, 4_000),
      mustContain: many(10),
      history: many(20).map((text) => ({ author: "bot" as const, text })),
    });
    expect(await ada.trpc.evaluations.cases.get.query({ caseId: kept.id })).toEqual(kept);
    await ada.trpc.evaluations.cases.delete.mutate({ caseId: kept.id });
    await play({
      as: () => ada.trpc,
      call: (trpc) => trpc.evaluations.cases.delete.mutate({ caseId: kept.id }),
      refused: "NOT_FOUND",
    });
  });

  test("a bot that is deleted takes its cases and runs along", async () => {
    const bot = await botWith(ada, { "A.md": "The gate opens at six in the morning." });
    const made = await ada.trpc.evaluations.cases.create.mutate({ botId: bot.id, question: "When?" });
    const run = await ada.trpc.evaluations.runs.start.mutate({ botId: bot.id });
    await ada.trpc.bot.delete.mutate({ id: bot.id });
    const gone = { as: () => ada.trpc, refused: "NOT_FOUND" };
    await play({ ...gone, call: (trpc) => trpc.evaluations.cases.get.query({ caseId: made.id }) });
    await play({ ...gone, call: (trpc) => trpc.evaluations.runs.get.query({ runId: run.id }) });
  });
});
