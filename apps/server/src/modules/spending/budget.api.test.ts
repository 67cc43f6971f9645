import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askBot, memberChat, textOf, verificationOf, visit } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { limitTo } from "../../../../../tests/harness/plans.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { runMaintenance } from "../../app/maintenance.ts";
import { contextFor } from "../../faces/principal.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { auditLog } from "../identity/identity.tables.ts";
import { reserveBudget } from "./index.ts";
import { budgetReservations } from "./spending.tables.ts";

const question = "How many days does a refund take after the parcel?";
const model = "openai:fake-1";
/** Dollars of one answer of the fake provider, at the price that is set below. */
const costOfAnswer = 1.2;

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_SILENCE_LIMIT: "300" });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(async () => {
  server.services.now = systemClock;
  ada = await server.signUp("Ada");
  await limitTo(server, ada, {});
  await ada.trpc.user.setLlmApiKey.mutate({
    provider: "openai",
    apiKey: "sk-1",
    baseUrl: provider.baseUrl,
    model: "fake-1",
  });
  await ada.trpc.prices.set.mutate({ model, input: 10_000, output: 0 });
  botId = (await botWith(ada, shopTexts)).id;
});

const context = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
const ask = (asker = ada) => askBot(server, memberChat(asker, botId), question);
const answerOf = async (message: Awaited<ReturnType<typeof ask>>) =>
  ada.trpc.answers.get.query({ id: message.metadata?.answerId ?? "" });
const state = () => ada.trpc.budget.get.query({ botId });
const audits = () =>
  server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.action, "budget.exhausted")),
  );

describe("a budget that is used up", () => {
  test("makes the bot quote, tells the member why, and is noted once", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 0.01 });
    const asked = provider.requests.length;
    for (const message of [await ask(), await ask()]) {
      expect(textOf(message)).toContain("14 days");
      expect(verificationOf(message)).toMatchObject({
        mode: "extractive",
        model: "builtin:extractive",
        notice: "The bot's monthly budget of $0.01 is used up. The model was not asked.",
      });
      expect(await answerOf(message)).toMatchObject({
        fallbackReason: "The bot's monthly budget of $0.01 is used up.",
        cost: 0,
      });
    }
    expect(provider.requests).toHaveLength(asked);
    expect(await state()).toMatchObject({ limit: 0.01, spent: 0, reserved: 0, isExhausted: true });
    expect(await audits()).toMatchObject([
      { actorKind: "system", subjectType: "bot", subjectId: botId, after: { limit: 0.01, spent: 0 } },
    ]);
  });

  test("is nothing that a visitor sees", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 0 });
    const message = await askBot(server, await visit(server, ada, botId), question);
    expect(textOf(message)).toContain("14 days");
    expect(verificationOf(message).notice).toBeNull();
    expect(JSON.stringify(message)).not.toMatch(/budget/i);
  });

  test("of the workspace stops every bot of it", async () => {
    await ada.trpc.budget.set.mutate({ limit: 0 });
    expect((await answerOf(await ask())).fallbackReason).toBe(
      "The workspace's monthly budget of $0.00 is used up.",
    );
    expect(await ada.trpc.budget.list.query()).toMatchObject([{ botId: null, isExhausted: true }]);
  });

  test("is whole again with a higher limit, and without one", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 0.01 });
    await ask();
    expect(await ada.trpc.budget.set.mutate({ botId, limit: 100 })).toMatchObject({ isExhausted: false });
    expect(verificationOf(await ask()).mode).toBe("model");
    expect(await state()).toMatchObject({ spent: costOfAnswer, reserved: 0, isExhausted: false });
    await ada.trpc.budget.set.mutate({ botId, limit: null });
    expect(await state()).toMatchObject({ limit: null, spent: costOfAnswer, isExhausted: false });
    expect(await ada.trpc.budget.list.query()).toEqual([]);
  });

  test("is whole again in the next month, and noted again", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 0.01 });
    server.services.now = () => new Date("2031-01-31T23:59:59Z");
    await ask();
    expect(await state()).toMatchObject({ month: "2031-01", isExhausted: true });
    expect((await state()).resetsAt).toBe("2031-02-01T00:00:00.000Z");
    server.services.now = () => new Date("2031-02-01T00:00:00Z");
    expect(await state()).toMatchObject({ month: "2031-02", spent: 0, isExhausted: false });
    await ask();
    expect(await audits()).toHaveLength(2);
  });

  test("does not stop a model that costs nothing", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 0 });
    await ada.trpc.prices.reset.mutate({ model });
    expect(verificationOf(await ask()).mode).toBe("model");
  });
});

test("a hundred questions at once do not spend more than the limit, and all are answered", async () => {
  const limit = 40;
  await ada.trpc.budget.set.mutate({ botId, limit });
  const admin = await colleague(server, ada, "admin"); // each may ask sixty times a minute
  const messages = await Promise.all(Array.from({ length: 100 }, (_, n) => ask(n % 2 === 0 ? ada : admin)));
  expect(messages.every((message) => textOf(message).includes("14 days"))).toBe(true);
  const byModel = messages.filter((message) => verificationOf(message).mode === "model").length;
  const { spent, reserved } = await state();
  expect(byModel).toBeGreaterThan(0);
  expect(spent).toBeCloseTo(byModel * costOfAnswer);
  expect(spent).toBeLessThanOrEqual(limit);
  expect(reserved).toBe(0);
  process.stdout.write(`budget of $${limit}: ${byModel} of 100 answers by the model, $${spent} spent\n`);
});

describe("what is set aside", () => {
  const reserve = (inputTokens: number) =>
    inTx(context(), (ctx) => reserveBudget(ctx, { botId, model, inputTokens, outputTokens: 0 }));
  const rows = () =>
    server.services.db.withTenant(ada.tenantId, (tx) => tx.select().from(budgetReservations));

  test("holds the rest back from others, and says that it is not spent", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 10 });
    expect(await reserve(900)).toMatchObject({ granted: true });
    expect(await state()).toMatchObject({ spent: 0, reserved: 9, isExhausted: false });
    const reason =
      "The rest of the bot's monthly budget of $10.00 is set aside for answers that are being written.";
    expect(await reserve(200)).toEqual({ granted: false, reason });
    expect(await audits()).toEqual([]);
  });

  test("of a hundred at once is never more than the limit", async () => {
    await ada.trpc.budget.set.mutate({ limit: 10 });
    const all = await Promise.all(Array.from({ length: 100 }, () => reserve(100)));
    expect(all.filter(({ granted }) => granted)).toHaveLength(10);
    expect(await ada.trpc.budget.get.query({})).toMatchObject({ reserved: 10 });
  });

  test("expires with the process that forgot it", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 10 });
    const at = Date.parse("2031-03-01T12:00:00Z");
    server.services.now = () => new Date(at);
    await reserve(1_000);
    server.services.now = () => new Date(at + 9 * 60_000);
    expect(await reserve(1_000)).toMatchObject({ granted: false });
    server.services.now = () => new Date(at + 11 * 60_000);
    expect(await state()).toMatchObject({ reserved: 0 });
    expect(await reserve(1_000)).toMatchObject({ granted: true });
    expect(await rows()).toHaveLength(2);
    await runMaintenance(server.services);
    expect(await rows()).toHaveLength(1);
  });

  test.each([
    ["refuses", { kind: "status", status: 401 }, 0],
    ["breaks off", { kind: "break", after: "A refund takes " }, 1],
    ["says nothing", { kind: "silence" }, 1],
  ] as const)("is given back when the model %s", async (_title, script, calls) => {
    await ada.trpc.budget.set.mutate({ botId, limit: 100 });
    provider.script(script);
    expect(verificationOf(await ask()).mode).toBe("extractive");
    expect(await rows()).toEqual([]);
    const usage = await ada.trpc.budget.usage.query({ botId });
    expect(usage.map((row) => [row.calls, row.estimatedCalls])).toEqual(calls ? [[1, 1]] : []);
  });

  test("is given back when the reader leaves in the middle, and what was used is paid", async () => {
    await ada.trpc.budget.set.mutate({ botId, limit: 100 });
    provider.script({ kind: "silence", after: "A refund takes " });
    const reader = new AbortController();
    await askBot(server, memberChat(ada, botId), question, {
      signal: reader.signal,
      onUpdate: (message) => {
        if (textOf(message).includes("refund takes")) reader.abort();
      },
    }).catch(() => {});
    await expect.poll(rows).toEqual([]);
    expect(await ada.trpc.budget.usage.query({ botId })).toMatchObject([{ calls: 1, estimatedCalls: 1 }]);
    expect((await state()).spent).toBeGreaterThan(0);
  });
});
