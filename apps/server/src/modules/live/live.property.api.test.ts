import { randomBytes } from "node:crypto";
import { eq, ne } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askBot, visit } from "../../../../../tests/harness/chat.ts";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { liveMirror, type Mirrored } from "../../../../../tests/harness/live-mirror.ts";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { whileTimeLasts } from "../../../../../tests/harness/while-time-lasts.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { conversations as conversationTable, messages } from "../conversations/conversations.tables.ts";
import * as conversations from "../conversations/index.ts";
import { createCustomer } from "../customers/index.ts";
import { rightsOfRole } from "../identity/index.ts";

/*
 * The oracle: after any operations, in any order and with the line broken at any moment, what a stock client built from
 * events is what is read afresh; and no event came twice or out of order on one connection.
 */
let db: Db;
let server: TestServer;
/** Another process over the same database, to which the client is connected. */
let other: TestServer;
let ada: TestUser;
let botId: string;
let token: string;
let agents: Ctx[];
beforeAll(async () => {
  db = await openTestDb();
  const { REDIS_URL: redis } = process.env;
  const shared = {
    PARLANCE_SECRET: randomBytes(32).toString("base64"),
    ...(redis ? { REDIS_URL: `${redis}?keyPrefix=${newId()}:` } : {}),
  };
  server = await startTestServer(shared, { db });
  other = await startTestServer({ ...shared, PUBLIC_URL: server.url }, { db });
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, {})).id;
  token = (await restClient(() => server).login(ada)).accessToken;
  const people = [ada, await colleague(server, ada, "agent")];
  agents = people.map(({ userId }, n) =>
    contextFor(
      server.services,
      { kind: "user", userId, name: `Agent ${n}`, role: "agent", rights: rightsOfRole("agent") },
      ada.tenantId,
      null,
    ),
  );
});
afterAll(async () => {
  await other.close();
  await server.close();
  await db.close();
});

const patiently = { timeout: 20_000, interval: 5 };
const acts = [
  "post",
  "ask",
  "takeOver",
  "reply",
  "note",
  "tag",
  "handBack",
  "resolve",
  "reopen",
  "drop",
] as const;
const act = fc.record({ kind: fc.constantFrom(...acts), agent: fc.nat(1), tag: fc.nat(5) });
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;
/** Tried first, however few are tried in all: the line breaks between two posts. */
const aDrop = (["post", "drop", "post"] as const).map((kind): Act[] => [{ kind, agent: 0, tag: 0 }]);

interface World {
  conversationId: string;
  visitor: Ctx;
}

async function newWorld(): Promise<World> {
  const system = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  return inTx(system, async (ctx) => {
    const { id: customerId } = await createCustomer(ctx, { locale: null });
    const { id } = await conversations.openConversation(ctx, { botId, channel: "widget", customerId });
    const actor = { kind: "visitor", customerId, widgetId: newId(), botId } as const;
    return {
      conversationId: id,
      visitor: contextFor(server.services, actor, ada.tenantId, null),
    };
  });
}

async function perform({ conversationId, visitor }: World, { kind, agent: n, tag }: Act): Promise<void> {
  const agent = agents[n];
  if (!agent) throw new Error("There is no such agent.");
  const said = { conversationId, text: `words ${tag}`, clientId: newId() };
  switch (kind) {
    case "post":
      await conversations.postMessage(visitor, said);
      return;
    case "ask":
      await conversations.requestHuman(visitor, { conversationId, reason: "r", confirmation: "c" });
      return;
    case "takeOver":
      return conversations.takeOver(agent, { conversationId });
    case "reply":
      await conversations.replyAsAgent(agent, said);
      return;
    case "note":
      await conversations.addNote(agent, said);
      return;
    case "tag":
      await conversations.updateConversation(agent, { conversationId, tags: [`tag${tag}`], severity: "P1" });
      return;
    case "handBack":
      return conversations.handBack(agent, { conversationId });
    case "resolve":
      await conversations.resolveConversation(agent, { conversationId });
      return;
    case "reopen":
      await conversations.reopenConversation(agent, { conversationId });
      return;
    case "drop":
      throw new Error("A drop is the client's.");
  }
}

/** The conversation as it is read afresh, with the number of its last event. */
async function fresh({
  conversationId,
}: Pick<World, "conversationId">): Promise<{ last: number; state: Mirrored }> {
  return server.services.db.withTenant(ada.tenantId, async (tx) => {
    const one = eq(conversationTable.id, conversationId);
    const [row] = await tx.select().from(conversationTable).where(one).for("update"); // every writer waits for it
    if (!row) throw new Error("The conversation is gone.");
    const said = await tx.select().from(messages).where(eq(messages.conversationId, conversationId));
    return {
      last: row.lastSequence,
      state: {
        state: row.status,
        assignedAgentId: row.assigneeId,
        tags: row.tags,
        severity: row.severity,
        messages: new Map(said.map(({ id, text, internal }) => [id, { content: text, internal }])),
      },
    };
  });
}

test("what a client builds from events, with its line broken at random, is what is read afresh", async () => {
  const mirror = liveMirror(other, token);
  await mirror.connect();
  let drops = 0;
  let events = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      whileTimeLasts(15_000, async (waves) => {
        const world = await newWorld();
        void mirror.show(world.conversationId);
        for (const wave of waves) {
          const results = await Promise.allSettled(
            wave.map(async (one) => {
              if (one.kind !== "drop") return perform(world, one);
              drops++;
              mirror.drop();
            }),
          );
          for (const result of results) {
            if (result.status === "fulfilled") continue;
            if (!isAppError(result.reason)) throw result.reason;
            expect(["CONFLICT", "ILLEGAL_TRANSITION"]).toContain(result.reason.code);
          }
        }
        // a job may number one more event after the last act: both sides are looked at again until they agree
        await eventually(async () => {
          const { last, state } = await fresh(world);
          expect(mirror.numberOf(world.conversationId)).toBe(last);
          expect(mirror.stateOf(world.conversationId)).toEqual(state);
        }, patiently);
        events += mirror.numberOf(world.conversationId) ?? 0;
        expect(mirror.faults).toEqual([]);
      }),
    ),
    { numRuns: 60, examples: [[aDrop]] },
  );
  mirror.close();
  expect(drops).toBeGreaterThan(0);
  expect(events).toBeGreaterThan(0);
}, 120_000);

test("an agent on one process has what a visitor sends to another once and in order, also across a reconnect", async () => {
  const mirror = liveMirror(other, token);
  await mirror.connect();
  const visitor = await visit(server, ada, botId);
  await mirror.show(visitor.conversationId);
  const texts = ["First words", "Second words", "Third words", "Fourth words"];
  for (const [n, text] of texts.entries()) {
    if (n === 2) mirror.drop();
    await askBot(server, visitor, text);
  }
  await eventually(async () => {
    const { messages } = mirror.stateOf(visitor.conversationId);
    expect([...messages.values()].map(({ content }) => content).filter((one) => texts.includes(one))).toEqual(
      texts,
    );
    expect(mirror.stateOf(visitor.conversationId)).toEqual((await fresh(visitor)).state);
  }, patiently);
  expect(mirror.faults).toEqual([]);
  mirror.close();
});

test("a client that missed a single event would be found out", async () => {
  const mirror = liveMirror(other, token);
  await mirror.connect();
  const world = await newWorld();
  await mirror.show(world.conversationId);
  await conversations.postMessage(world.visitor, { ...world, text: "heard", clientId: null });
  await eventually(async () =>
    expect(mirror.stateOf(world.conversationId)).toEqual((await fresh(world)).state),
  );
  await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.update(messages).set({ text: "changed behind the events" }).where(ne(messages.text, "")),
  );
  expect(mirror.stateOf(world.conversationId)).not.toEqual((await fresh(world)).state);
  mirror.close();
});
