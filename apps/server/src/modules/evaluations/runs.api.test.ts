import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import {
  type OpenAiServer,
  quoteFirstSource,
  startOpenAiServer,
} from "../../../../../tests/harness/openai-server.ts";
import { botWith, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { contextFor } from "../../faces/principal.ts";
import { evaluationResults, evaluationRuns } from "./evaluations.tables.ts";
import { runEvaluation } from "./index.ts";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  provider.otherwise = quoteFirstSource;
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_SILENCE_LIMIT: "5000" });
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
  const add = (question: string, rest: object = {}) =>
    ada.trpc.evaluations.cases.create.mutate({ botId, question, ...rest });
  await add("How many days does a refund take after the parcel?", { goldAnswers: ["14 days"] });
  await add("Who painted the ceiling of the Sistine Chapel?", { expects: "abstain" });
  await add("I want to talk to a person", { expects: "handoff" });
  await add("How many days does a refund take?", { goldAnswers: ["90 days"] });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const ended = (runId: string) =>
  eventually(async () => {
    const run = await ada.trpc.evaluations.runs.get.query({ runId });
    if (!run.finishedAt) throw new Error(`${run.done} of ${run.total}`);
    return run;
  });
const start = (input: object = {}) => ada.trpc.evaluations.runs.start.mutate({ botId, ...input });
const context = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);

describe("a run", () => {
  test("asks every case once, and says what it came to and why", async () => {
    const { id } = await start({ name: "First" });
    const run = await ended(id);
    expect(run).toMatchObject({ status: "completed", total: 4, done: 4, passed: 3, isWhole: true });
    expect(run.summary).toMatchObject({
      cases: 4,
      passed: 3,
      refusal: { precision: 1, recall: 1 },
      handoff: { precision: 1, recall: 1 },
      cost: 0,
    });
    const { items } = await ada.trpc.evaluations.runs.results.query({ runId: id });
    expect(items.map(({ reason }) => reason)).toEqual([
      "correct",
      "abstained_rightly",
      "handed_off_rightly",
      "wrong_answer",
    ]);
    const [first] = items;
    if (!first) throw new Error("There is no result.");
    expect(first.answer?.citations[0]?.quote).toContain("14 days");
    const whole = await ada.trpc.evaluations.runs.result.query({ runId: id, itemId: first.itemId });
    expect(whole.answer?.trace.stages.map(({ stage }) => stage)).toContain("retrieve");
    const listed = await ada.trpc.evaluations.runs.list.query({ botId });
    expect(listed.items.map((one) => one.id)).toContain(id);
    expect(await ada.trpc.conversations.list.query({ view: "all", limit: 10 })).toMatchObject({ items: [] });
  });

  test("of some cases with other settings is no whole run, and costs what its model does", async () => {
    await ada.trpc.user.setLlmApiKey.mutate({
      provider: "openai",
      apiKey: "sk-1",
      baseUrl: provider.baseUrl,
      model: "fake-1",
    });
    await ada.trpc.prices.set.mutate({ model: "openai:other", input: 1, output: 2 });
    const { items } = await ada.trpc.evaluations.cases.list.query({ botId, search: "parcel" });
    const { id } = await start({
      caseIds: items.map((one) => one.id),
      modelProvider: "openai",
      model: "other",
      prompt: "Answer like a pirate.",
    });
    const run = await ended(id);
    expect(run).toMatchObject({ total: 1, done: 1, isWhole: false, prompt: "Answer like a pirate." });
    expect(run.cost).toBeGreaterThan(0);
    expect(run.summary.cost).toBeCloseTo(run.cost, 6);
    const request = provider.requests.at(-1);
    expect(request?.model).toBe("other");
    expect(request?.messages[0]?.content).toContain("like a pirate");
  });

  test("that is broken off goes on where it stopped, and counts nothing twice", async () => {
    const { id } = await start({ modelProvider: "builtin" });
    await ended(id);
    // as a crash leaves it: two of four answered, the job again on the queue, and once more at the same time
    const db = server.services.db;
    await db.withTenant(ada.tenantId, async (tx) => {
      await tx
        .update(evaluationRuns)
        .set({ status: "running", done: 2, passed: 1, finishedAt: null, summary: null })
        .where(eq(evaluationRuns.id, id));
      for (const position of [3, 4]) {
        await tx
          .update(evaluationResults)
          .set({ passed: null, reason: null, answer: null, scores: null, answeredAt: null })
          .where(and(eq(evaluationResults.runId, id), eq(evaluationResults.position, position)));
      }
    });
    const [before] = (await ada.trpc.evaluations.runs.results.query({ runId: id })).items;
    await Promise.all([1, 2].map(() => runEvaluation(context(), { runId: id }, { lastTry: false })));
    const run = await ada.trpc.evaluations.runs.get.query({ runId: id });
    expect(run).toMatchObject({ status: "completed", done: 4, total: 4 });
    expect(run.summary.cases).toBe(4);
    expect((await ada.trpc.evaluations.runs.results.query({ runId: id })).items[0]).toEqual(before);
  });

  test("that is cancelled keeps what was answered and asks no more", async () => {
    provider.otherwise = () => ({ kind: "silence" });
    const { id } = await start({ modelProvider: "openai" });
    await ada.trpc.evaluations.runs.cancel.mutate({ runId: id });
    provider.otherwise = quoteFirstSource;
    await runEvaluation(context(), { runId: id }, { lastTry: false });
    const run = await ada.trpc.evaluations.runs.get.query({ runId: id });
    expect(run.status).toBe("cancelled");
    expect(run.done).toBeLessThan(run.total);
    const { items } = await ada.trpc.audit.list.query({ action: "evaluation-run.cancelled" });
    expect(items).toMatchObject([{ actor: { id: ada.userId }, subject: { id } }]);
  });

  test("counts an answer that was quoted because the model failed", async () => {
    provider.otherwise = () => ({ kind: "status", status: 401 });
    const run = await ended((await start({ modelProvider: "openai" })).id);
    provider.otherwise = quoteFirstSource;
    expect(run.summary.fallbacks).toBeGreaterThan(0);
    expect(run.status).toBe("completed");
  });

  test("is given up with a reason when it fails again and again", async () => {
    const { id } = await start();
    await ended(id);
    const db = server.services.db;
    await db.withTenant(ada.tenantId, (tx) =>
      tx.update(evaluationRuns).set({ status: "running", finishedAt: null }).where(eq(evaluationRuns.id, id)),
    );
    const broken = { ...context(), jobs: server.services.jobs, db: { ...db, withTenant: failing(db) } };
    await expect(runEvaluation(broken, { runId: id }, { lastTry: true })).rejects.toThrow("once");
    const run = await ada.trpc.evaluations.runs.get.query({ runId: id });
    expect(run).toMatchObject({ status: "failed", failure: expect.stringContaining("Start the run again") });
  });
});

/** A database whose first transaction fails. */
function failing(db: TestServer["services"]["db"]): typeof db.withTenant {
  let failed = false;
  return (tenantId, work) => {
    if (failed) return db.withTenant(tenantId, work);
    failed = true;
    return Promise.reject(new Error("once"));
  };
}

test("two runs are compared case by case, and chance is told", async () => {
  const { items } = await ada.trpc.evaluations.cases.list.query({ botId, search: "refund take?" });
  const before = await ended((await start({ modelProvider: "builtin" })).id);
  await ada.trpc.evaluations.cases.update.mutate({ caseId: items[0]?.id ?? "", goldAnswers: ["14 days"] });
  const after = await ended((await start({ modelProvider: "builtin" })).id);
  const compared = await ada.trpc.evaluations.runs.compare.query({ runId: after.id, baseRunId: before.id });
  expect(compared.totals).toMatchObject({ cases: 4, fixed: 1, regressed: 0, pValue: 1 });
  expect(compared.items[0]).toMatchObject({
    change: "fixed",
    before: { passed: false },
    after: { passed: true },
  });
  const back = await ada.trpc.evaluations.runs.compare.query({
    runId: before.id,
    baseRunId: after.id,
    change: "regressed",
  });
  expect(back.meta.totalItems).toBe(1);
});

test("as many runs as may be are at work at once, and none without cases or a model", async () => {
  provider.otherwise = () => ({ kind: "silence" });
  const slow = [];
  for (let n = 0; n < 3; n++) slow.push(await start({ modelProvider: "openai" }));
  expect(await refusal(start())).toBe("CONFLICT");
  for (const { id } of slow) await ada.trpc.evaluations.runs.cancel.mutate({ runId: id });
  provider.otherwise = quoteFirstSource;
  const empty = await ada.trpc.bot.create.mutate({ name: "Empty" });
  expect(await refusalText(start({ botId: empty.id }))).toContain("no cases");
  expect(await refusalText(start({ modelProvider: "anthropic" }))).toContain("not connected");
  expect(await refusalText(start({ model: "x" }))).toContain("modelProvider");
  expect(await refusalText(start({ prompt: "x", promptVersion: 1 }))).toContain("not both");
});
