import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { auditLog } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let knowledgeBaseId: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await botWith(ada, shopTexts)).id;
  const [document] = (await ada.trpc.knowledge.list.query({ botId })).items;
  knowledgeBaseId = document?.knowledgeBaseId ?? "";
});
afterAll(() => server.close());

const question = "How long does a refund take after the parcel?";
const everyone = ["owner", "admin", "agent", "member"];
const readers = ["owner", "admin", "agent"];
const managers = ["owner", "admin"];

type Call = Scenario["call"];
const procedures: { name: string; may: string[]; call: (botId: string) => Call }[] = [
  { name: "evaluate", may: managers, call: (botId) => (t) => t.crag.evaluate.mutate({ botId, question }) },
  {
    name: "refineQuery",
    may: managers,
    call: (botId) => (t) => t.crag.refineQuery.mutate({ botId, question }),
  },
  { name: "list", may: readers, call: (botId) => (t) => t.crag.list.query({ botId }) },
  { name: "metrics", may: readers, call: (botId) => (t) => t.crag.metrics.query({ botId }) },
];

describe.each(procedures)("crag.$name", ({ may, call }) => {
  test.each(["guest", ...everyone])("by %s", async (who) => {
    const trpc = people.get(who);
    if (!trpc) throw new Error(`Nobody is ${who}.`);
    const refused = who === "guest" ? "UNAUTHORIZED" : may.includes(who) ? undefined : "FORBIDDEN";
    await play({ as: () => trpc, call: call(botId), ...(refused ? { refused } : {}) });
  });

  test("of a bot that is absent, or another tenant's", async () => {
    await play({ as: () => ada.trpc, call: call(newId()), refused: "NOT_FOUND" });
    await play({ as: () => eve.trpc, call: call(botId), refused: "NOT_FOUND" });
  });
});

const evaluate =
  (input: object): Call =>
  (t) =>
    t.crag.evaluate.mutate({ botId, question, ...input });
const list =
  (input: object): Call =>
  (t) =>
    t.crag.list.query(input);
const refused = "VALIDATION_ERROR";
const bounds: { title: string; call: () => Call; refused?: string }[] = [
  { title: "no question", call: () => evaluate({ question: " " }), refused },
  { title: "a question of 8,000 characters", call: () => evaluate({ question: "why ".repeat(2_000) }) },
  { title: "a question of 8,001 characters", call: () => evaluate({ question: "y".repeat(8_001) }), refused },
  { title: "no place", call: () => evaluate({ botId: undefined }), refused },
  { title: "a knowledge base alone", call: () => evaluate({ botId: undefined, knowledgeBaseId }) },
  { title: "no passages", call: () => evaluate({ topK: 0 }), refused },
  { title: "1 passage", call: () => evaluate({ topK: 1 }) },
  { title: "10 passages", call: () => evaluate({ topK: 10 }) },
  { title: "11 passages", call: () => evaluate({ topK: 11 }), refused },
  { title: "page 0", call: () => list({ page: 0 }), refused },
  { title: "page 1,000", call: () => list({ page: 1_000 }) },
  { title: "page 1,001", call: () => list({ page: 1_001 }), refused },
  { title: "101 on a page", call: () => list({ pageSize: 101 }), refused },
  { title: "an unknown verdict", call: () => list({ verdict: "good" }), refused },
  {
    title: "days in the wrong order",
    call: () => list({ startDate: "2026-02-02", endDate: "2026-02-01" }),
    refused,
  },
];
test.each(bounds)("$title", async ({ call, refused }) => {
  await play({ as: () => ada.trpc, call: call(), ...(refused ? { refused } : {}) });
});

test("an evaluation says what the evidence is worth, and from where", async () => {
  const good = await ada.trpc.crag.evaluate.mutate({ botId, question });
  expect(good).toMatchObject({
    verdict: "correct",
    language: "en",

    botId,
    knowledgeBaseId,
  });
  const [best] = good.evidence;
  expect(best).toMatchObject({ documentName: "Refunds.md", version: 1 });
  expect(best?.excerpt).toContain("14 days");
  expect(best?.scores.rerank).toBeGreaterThan(0);
  const bad = await ada.trpc.crag.evaluate.mutate({
    botId,
    question: "Which moons of Jupiter have volcanoes?",
  });
  expect(bad).toMatchObject({ verdict: "incorrect", refinement: null });
  expect(bad.missingTerms.length).toBeGreaterThan(0);
  const written = await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select({ action: auditLog.action }).from(auditLog).where(eq(auditLog.subjectId, good.id)),
  );
  expect(written).toEqual([{ action: "crag.evaluated" }]);
});

test("a refined query says what it leaves out, and why", async () => {
  const asked = "Please tell me about a refund of the zeppelin parcel";
  const refined = await ada.trpc.crag.refineQuery.mutate({ botId, question: asked });
  expect(refined.refined).toContain("refund");
  expect(refined.refined).not.toContain("zeppelin");
  expect(refined.dropped).toContainEqual({ word: "zeppelin", reason: "missing" });
  expect(refined.dropped).toContainEqual({ word: "the", reason: "filler" });
});

test("the list and the figures hold evaluations and answers, each once", async () => {
  const owner = await server.signUp("Owner");
  const bot = await botWith(owner, shopTexts);
  const other = await botWith(owner, { "Tea.md": "Tea is served at four." });
  for (const asked of [question, "Is an exchange free?", "Which moons of Jupiter have volcanoes?"]) {
    await askBot(server, memberChat(owner, bot.id), asked);
  }
  const evaluated = await owner.trpc.crag.evaluate.mutate({ botId: bot.id, question });
  await owner.trpc.crag.evaluate.mutate({ botId: other.id, question: "When is tea served?" });

  const all = await owner.trpc.crag.list.query({ botId: bot.id });
  expect(all.meta.totalItems).toBe(4);
  expect(all.items[0]).toMatchObject({ id: evaluated.id, origin: "evaluation", verdict: "correct" });
  const pages = await Promise.all(
    [1, 2].map((page) => owner.trpc.crag.list.query({ botId: bot.id, page, pageSize: 2 })),
  );
  expect(pages.flatMap(({ items }) => items)).toEqual(all.items);
  const answers = await owner.trpc.crag.list.query({ botId: bot.id, origin: "answer" });
  expect(answers.items.map(({ origin }) => origin)).toEqual(["answer", "answer", "answer"]);
  for (const { id, verdict, refinement, ms } of answers.items) {
    expect((await owner.trpc.answers.get.query({ id })).verdict).toBe(verdict);
    expect(refinement).not.toBeNull();
    expect(ms).toBeGreaterThan(0);
  }
  const rated = answers.items.at(-1)?.id ?? "";
  await owner.trpc.ragQuery.submitFeedback.mutate({ queryLogId: rated, rating: "THUMBS_UP" });

  const metrics = await owner.trpc.crag.metrics.query({ botId: bot.id });
  expect(metrics.answers.total).toBe(3);
  expect(metrics.answers.verdicts.incorrect).toBeGreaterThanOrEqual(1);
  expect(metrics.evaluations).toMatchObject({
    total: 1,
    verdicts: { correct: 1, ambiguous: 0, incorrect: 0 },
  });
  expect(metrics.answers.msP95).toBeGreaterThanOrEqual(metrics.answers.msP50 ?? Number.POSITIVE_INFINITY);
  expect(metrics.confidence.reduce((sum, { answers }) => sum + answers, 0)).toBe(3);
  expect(metrics.confidence.reduce((sum, { up }) => sum + up, 0)).toBe(1);
  expect((await owner.trpc.crag.metrics.query({})).evaluations.total).toBe(2);
  const empty = await eve.trpc.crag.metrics.query({});
  expect(empty.answers).toMatchObject({ total: 0, refineRate: null, helpRate: null, msP50: null });
});
