import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { sweepSlas } from "../../app/sweep-slas.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import * as talk from "../conversations/index.ts";
import { customers } from "../customers/customers.tables.ts";
import { rightsOfRole } from "../identity/index.ts";
import { followClocks, slaBreached, slaOf } from "./index.ts";
import { slaFirings } from "./slas.tables.ts";
import { hearClocks } from "./testing/hear.ts";

/* Two servers over one database: whichever looks, a promise is told of once. */

let db: Db;
let server: TestServer;
let other: TestServer;
let ada: TestUser;
let botId: string;
let agent: Ctx;
let system: Ctx;
let now: Date;
/** Whatever a message is judged to be. */
const usual = { firstResponseMinutes: 60, resolutionMinutes: 480 };
let told: ReturnType<typeof hearClocks>;

beforeAll(async () => {
  db = await openTestDb();
  server = await startTestServer({}, { db });
  other = await startTestServer({}, { db });
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, {})).id;
  const { userId } = await colleague(server, ada, "agent");
  const person = {
    kind: "user",
    userId,
    name: "Grace",
    role: "agent",
    rights: rightsOfRole("agent"),
  } as const;
  await ada.trpc.slas.create.mutate({
    name: "Everybody",
    targets: {
      P0: { firstResponseMinutes: 10, resolutionMinutes: 60 },
      P1: usual,
      P2: usual,
      P3: usual,
    },
  });
  now = new Date(Date.now() + 1_000);
  for (const { services } of [server, other]) services.now = () => now;
  agent = contextFor(server.services, person, ada.tenantId, null);
  system = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  told = hearClocks(system);
});
afterAll(async () => {
  await server.close();
  await other.close();
  await db.close();
});
beforeEach(() => {
  told.forget();
});

const pass = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

async function visitorOf(tier: string | null = null) {
  const customerId = newId();
  const conversationId = newId();
  await inTx(system, async (ctx) => {
    const customer = { tenantId: ctx.tenantId, id: customerId, slaTier: tier };
    await ctx.tx.insert(customers).values(customer);
    await talk.openConversation(ctx, { id: conversationId, botId, channel: "widget", customerId });
  });
  const visitor = contextFor(
    server.services,
    { kind: "visitor", customerId, widgetId: newId(), botId },
    ada.tenantId,
    null,
  );
  return {
    conversationId,
    write: () => talk.postMessage(visitor, { conversationId, text: "Help", clientId: newId() }),
    reply: () => talk.replyAsAgent(agent, { conversationId, text: "Here I am", clientId: newId() }),
    state: async () => (await slaOf(system, [conversationId])).get(conversationId),
    row: async () =>
      inTx(system, async (ctx) => {
        const [row] = await ctx.tx.select().from(conversations).where(eq(conversations.id, conversationId));
        return row;
      }),
    followed: () => followClocks(system, { conversationId }),
  };
}

/** What was told of a conversation, as the key of its firings says. */
async function firings(conversationId: string) {
  const rows = await inTx(system, (ctx) =>
    ctx.tx
      .select()
      .from(slaFirings)
      .where(and(eq(slaFirings.tenantId, ada.tenantId), eq(slaFirings.conversationId, conversationId))),
  );
  return rows.map(({ kind, what }) => `${kind} ${what}`).sort();
}

/** Of waiting for what a job holds at the moment. */
const patience = { timeout: 10_000 };

test("clocks start with the customer's first words, warn at three quarters and break once", async () => {
  const one = await visitorOf();
  expect(await one.state()).toBeUndefined();
  await one.write();
  const start = now.getTime();
  await one.followed();
  expect(await one.state()).toEqual({
    tier: "standard",
    firstResponseDueAt: new Date(start + 60 * 60_000),
    resolutionDueAt: new Date(start + 480 * 60_000),
    dueAt: new Date(start + 60 * 60_000),
    breached: false,
    minutesUntilBreach: 60,
    status: "ok",
  });
  expect(await one.row()).toMatchObject({ slaDueAt: new Date(start + 60 * 60_000), slaBreached: false });
  pass(44);
  await sweepSlas(server.services);
  expect(await firings(one.conversationId)).toEqual([]);
  pass(1);
  // a sweep goes past what a job holds at that moment, and finds it the next time
  await eventually(async () => {
    await sweepSlas(server.services);
    expect(await firings(one.conversationId)).toEqual(["first_response warning"]);
  }, patience);
  expect(await one.state()).toMatchObject({ status: "warning", minutesUntilBreach: 15 });
  pass(15);
  await eventually(async () => {
    await sweepSlas(other.services);
    await sweepSlas(server.services);
    expect(await one.row()).toMatchObject({ slaBreached: true });
  }, patience);
  await one.followed();
  expect(await one.state()).toMatchObject({ status: "breached", breached: true, minutesUntilBreach: 0 });
  expect(await firings(one.conversationId)).toEqual(["first_response breach", "first_response warning"]);
  const { conversationId } = one;
  const dueAt = new Date(start + 60 * 60_000).toISOString();
  expect(await told.all(2)).toEqual([
    { topic: "sla.warning", data: { conversationId, kind: "first_response", dueAt } },
    { topic: "sla.breached", data: { conversationId, kind: "first_response", dueAt } },
  ]);
});

test("an answer ends the wait for one, and time with the customer does not count", async () => {
  const one = await visitorOf();
  await one.write();
  pass(10);
  await one.reply();
  await one.followed();
  expect(await one.state()).toMatchObject({
    status: "paused",
    minutesUntilBreach: null,
    resolutionDueAt: null,
  });
  expect(await one.row()).toMatchObject({ slaDueAt: null, slaBreached: false });
  pass(100_000);
  await sweepSlas(server.services);
  await one.write();
  const again = now.getTime();
  await one.followed();
  expect(await one.state()).toMatchObject({
    status: "ok",
    resolutionDueAt: new Date(again + 470 * 60_000),
    minutesUntilBreach: 470,
  });
  await talk.resolveConversation(agent, { conversationId: one.conversationId });
  await one.followed();
  pass(1_000);
  await sweepSlas(server.services);
  expect(await one.state()).toMatchObject({ status: "met", breached: false, minutesUntilBreach: null });
  expect(await firings(one.conversationId)).toEqual([]);
  await one.write(); // opens it again: it goes on from where it stopped
  await one.followed();
  expect(await one.state()).toMatchObject({ status: "ok", minutesUntilBreach: 470 });
});

test("severity brings the promise nearer; snoozing and another policy change nothing", async () => {
  const one = await visitorOf("Gold"); // nothing is promised to that tier: the standard holds
  await one.write();
  await one.followed();
  const { conversationId } = one;
  await inTx(system, async (ctx) => {
    const row = await talk.findConversation(ctx, conversationId, { lock: true });
    await talk.changeProperties(ctx, row, { snoozedUntil: new Date(now.getTime() + 3_600_000) });
  });
  await one.followed();
  expect(await one.state()).toMatchObject({ minutesUntilBreach: 60 });
  pass(4);
  await inTx(system, async (ctx) => {
    const row = await talk.findConversation(ctx, conversationId, { lock: true });
    await talk.changeProperties(ctx, row, { severity: "P0" });
  });
  await eventually(async () => expect(await one.state()).toMatchObject({ minutesUntilBreach: 6 })); // by its job
  const soon = { firstResponseMinutes: 5 };
  const gold = await ada.trpc.slas.create.mutate({
    name: "Gold",
    tier: " GOLD ",
    targets: { P1: soon, P2: soon, P3: soon },
  });
  await one.followed();
  expect(await one.state()).toMatchObject({ tier: "standard", minutesUntilBreach: 6 });
  const next = await visitorOf("gold");
  await next.write();
  await next.followed();
  expect(await next.state()).toMatchObject({ tier: "gold", minutesUntilBreach: 5, resolutionDueAt: null });
  await ada.trpc.slas.delete.mutate({ policyId: gold.id });
  await next.followed();
  expect(await next.state()).toMatchObject({ tier: "gold", minutesUntilBreach: 5 });
});

test("many processes at once, and one that starts later, tell of each clock once", async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => visitorOf()));
  for (const one of all) {
    await one.write();
    await one.followed();
  }
  await sweepSlas(server.services); // whatever other tests left is told
  told.forget();
  pass(46);
  const several = [server, other, server, other].map(({ services }) => sweepSlas(services));
  await Promise.all([...several, ...all.map((one) => one.followed())]);
  pass(10_000);
  const jobs = [...all, ...all].map(({ conversationId }) => ({ conversationId }));
  await Promise.all([
    ...[other, server].map(({ services }) => sweepSlas(services)),
    ...jobs.map((job) => followClocks(system, job)),
  ]);
  const ours = new Set(all.map(({ conversationId }) => conversationId));
  const third = await startTestServer({}, { db });
  third.services.now = () => now;
  await sweepSlas(third.services);
  await third.close();
  for (const id of ours) {
    expect(await firings(id)).toEqual([
      "first_response breach",
      "first_response warning",
      "resolution breach",
    ]);
  }
  const keys = (await told.all(8 * 3)).flatMap(({ topic, data }) => {
    const { conversationId, kind } = slaBreached.schema.parse(data);
    return ours.has(conversationId) ? [`${topic} ${conversationId} ${kind}`] : [];
  });
  expect(keys).toHaveLength(8 * 3);
  expect(new Set(keys).size).toBe(8 * 3);
});

test("nothing is promised to a member's own test, to nobody, or before there was a promise", async () => {
  const id = newId();
  const opened = { id, botId, channel: "playground", memberId: ada.userId } as const;
  await inTx(system, (ctx) => talk.openConversation(ctx, opened));
  await talk.postMessage(system, { conversationId: id, text: "Try", clientId: null });
  await followClocks(system, { conversationId: id });
  await followClocks(system, { conversationId: newId() });
  const [policy] = (await ada.trpc.slas.list.query({})).items;
  if (!policy) throw new Error("There is a policy.");
  await ada.trpc.slas.update.mutate({ policyId: policy.id, active: false });
  const early = await visitorOf();
  await early.write();
  await early.followed();
  pass(1);
  await ada.trpc.slas.update.mutate({ policyId: policy.id, active: true });
  await early.write();
  await early.followed();
  expect([...(await slaOf(system, [id, early.conversationId])).keys()]).toEqual([]);
});
