import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limitTo } from "../../../../../tests/harness/plans.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { ask } from "../answers/index.ts";
import { addBotText, createBot, listBotDocuments, listBots } from "../bots/index.ts";
import { openConversation } from "../conversations/index.ts";
import { rightsOfRole } from "../identity/index.ts";
import { countUse, usesThisMonth } from "./index.ts";
import { planUses } from "./plans.tables.ts";

/*
 * Each limit with a hundred calls at once: as many succeed as the plan says, not one more or less, whatever
 * the order in which they meet. On PostgreSQL they do meet; the embedded database takes them in turn.
 */

const calls = 100;

let server: TestServer;
beforeAll(async () => {
  server = await sharedTestServer();
});
afterAll(() => server.close());

async function tenant(limits: Parameters<typeof limitTo>[2]): Promise<{ user: TestUser; ctx: Ctx }> {
  const user = await server.signUp();
  await limitTo(server, user, limits);
  const owner = {
    kind: "user",
    userId: user.userId,
    name: "Test",
    role: "owner",
    rights: rightsOfRole("owner"),
  } as const;
  return { user, ctx: contextFor(server.services, owner, user.tenantId, null) };
}

/** How many of the calls succeeded; every other must have been refused for want of room. */
async function passed(all: Promise<unknown>[]): Promise<number> {
  const results = await Promise.allSettled(all);
  const others = results.flatMap((result) =>
    result.status === "rejected" &&
    !(isAppError(result.reason) && result.reason.code === "INSUFFICIENT_CREDITS")
      ? [result.reason]
      : [],
  );
  expect(others).toEqual([]);
  return results.filter((result) => result.status === "fulfilled").length;
}

const times = <Result>(call: (n: number) => Promise<Result>) =>
  Array.from({ length: calls }, (_, n) => call(n));

describe("a hundred at once", { timeout: 120_000 }, () => {
  test("make as many bots as the plan allows", async () => {
    const { ctx } = await tenant({ maxBots: 7 });
    expect(await passed(times((n) => createBot(ctx, { name: `Bot ${n}` })))).toBe(7);
    expect((await listBots(ctx, { page: 1, pageSize: 100 })).total).toBe(7);
  });

  test("add as many documents to a bot as the plan allows, and another bot has its own", async () => {
    const { ctx } = await tenant({ maxDocumentsPerBot: 9 });
    const [one, other] = [await createBot(ctx, { name: "One" }), await createBot(ctx, { name: "Other" })];
    const add = (botId: string) => (n: number) =>
      addBotText(ctx, { botId, name: `${n}.md`, content: "Words." });
    expect(await passed(times(add(one.id)))).toBe(9);
    expect(await listBotDocuments(ctx, { botId: one.id })).toHaveLength(9);
    await add(other.id)(0);
  });

  test("keep as many bytes as the plan allows, over all bots", async () => {
    const content = "x".repeat(100);
    const { ctx } = await tenant({ maxTotalDocumentStorageGB: (11 * content.length) / 1e9 });
    const bots = [await createBot(ctx, { name: "One" }), await createBot(ctx, { name: "Other" })];
    const add = (n: number) => addBotText(ctx, { botId: bots[n % 2]?.id ?? "", name: `${n}.md`, content });
    expect(await passed(times(add))).toBe(11);
  });

  test("process as many documents in a month as the plan allows; a refused one is not kept", async () => {
    const { ctx } = await tenant({ maxDocProcessingJobsPerMonth: 8 });
    const bot = await createBot(ctx, { name: "Bot" });
    const add = (n: number) => addBotText(ctx, { botId: bot.id, name: `${n}.md`, content: "Words." });
    expect(await passed(times(add))).toBe(8);
    expect(await listBotDocuments(ctx, { botId: bot.id })).toHaveLength(8);
    expect((await inTx(ctx, usesThisMonth)).processingJobs).toBe(8);
  });

  test("ask as many questions in a month as the plan allows", async () => {
    const { ctx, user } = await tenant({ maxQueriesPerMonth: 12 });
    const bot = await createBot(ctx, { name: "Bot" });
    const question = async (n: number) => {
      const conversation = await inTx(ctx, (ctx) =>
        openConversation(ctx, { botId: bot.id, channel: "playground", memberId: user.userId }),
      );
      const events = ask(ctx, {
        conversationId: conversation.id,
        text: `How does part ${n} work?`,
        clientId: null,
        signal: new AbortController().signal,
      });
      for await (const _event of events);
    };
    expect(await passed(times(question))).toBe(12);
    expect((await inTx(ctx, usesThisMonth)).queries).toBe(12);
  });

  test("of every kind wait for each other and never in a circle", async () => {
    const { ctx } = await tenant({ maxBots: 20, maxDocumentsPerBot: 10, maxDocProcessingJobsPerMonth: 15 });
    const bots = [await createBot(ctx, { name: "One" }), await createBot(ctx, { name: "Other" })];
    const work = (n: number): Promise<unknown> =>
      n % 3 === 0
        ? createBot(ctx, { name: `Bot ${n}` })
        : addBotText(ctx, { botId: bots[n % 2]?.id ?? "", name: `${n}.md`, content: "Words." });
    expect(await passed(times(work))).toBe(18 + 15);
  });
});

test("the month's counters start anew with the month of UTC, and earlier months stay", async () => {
  const owner = await server.signUp("Owner");
  await limitTo(server, owner, { maxQueriesPerMonth: 1 });
  const actor = { kind: "system", name: "test" } as const;
  const at = (moment: string) => ({
    ...contextFor(server.services, actor, owner.tenantId, null),
    now: () => new Date(moment),
  });
  const count = (moment: string) => inTx(at(moment), (ctx) => countUse(ctx, "queries"));
  await count("2026-11-30T23:59:59.999Z");
  await expect(count("2026-11-30T23:59:59.999Z")).rejects.toMatchObject({
    code: "INSUFFICIENT_CREDITS",
    details: { resetsAt: new Date("2026-12-01T00:00:00Z") },
  });
  await count("2026-12-01T00:00:00.000Z");
  await expect(count("2026-12-31T12:00:00Z")).rejects.toMatchObject({
    details: { resetsAt: new Date("2027-01-01T00:00:00Z") },
  });
  expect((await inTx(at("2026-11-15T00:00:00Z"), usesThisMonth)).queries).toBe(1);
  const rows = await server.services.db.withTenant(owner.tenantId, (tx) => tx.select().from(planUses));
  expect(rows.map(({ month }) => month).sort()).toEqual(["2026-11", "2026-12"]);
});
