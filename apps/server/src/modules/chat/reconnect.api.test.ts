import { EventSource } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, textOf, toldNumbers, type Visitor, visit } from "../../../../../tests/harness/chat.ts";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import {
  readAsEventSource,
  startCuttingProxy,
  type TextEvent,
} from "../../../../../tests/harness/event-reader.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";

const question = "What does delivery to Belgium cost?";

let db: Db;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  db = await openTestDb();
  server = await startTestServer({}, { db });
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(async () => {
  await server.close();
  await db.close();
});

/** Always the same, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** The messages as whoever applies each event in turn ends up with. */
function applied(events: TextEvent[]): unknown[] {
  const byId = new Map<string, unknown>();
  for (const { event, data } of events) {
    const { message } = JSON.parse(data);
    if (event === "message") byId.set(message.id, message);
  }
  return [...byId.values()];
}

const lastId = (events: TextEvent[]) => Number(events.findLast(({ id }) => id !== undefined)?.id ?? 0);

async function messagesOf(visitor: Visitor): Promise<unknown[]> {
  const path = `${server.url}/api/chat/${visitor.conversationId}/messages`;
  return (await (await fetch(path, { headers: visitor.headers })).json()).messages;
}

test("a line that breaks at random bytes, again and again, misses nothing and doubles nothing", {
  timeout: 60_000,
}, async () => {
  const random = seeded(20_261_121);
  const proxy = await startCuttingProxy(server.url, () => 300 + Math.floor(random() * 9_000));
  const visitor = await visit(server, ada, botId);
  const events: TextEvent[] = [];
  const done = new AbortController();
  const path = `/api/chat/${visitor.conversationId}/stream`;
  const reading = readAsEventSource(`${proxy.url}${path}`, visitor.headers, done.signal, (event) =>
    events.push(event),
  );
  for (let turn = 0; turn < 12; turn++) {
    await askBot(server, visitor, turn % 3 === 0 ? "Hello" : question);
    proxy.cut();
  }
  const reply = { id: visitor.conversationId, text: "Hello from Ada", clientId: newId() };
  await ada.trpc.conversations.reply.mutate(reply);
  await ada.trpc.conversations.resolve.mutate({ id: visitor.conversationId });
  const told = await toldNumbers(db, ada.tenantId, visitor.conversationId);
  await eventually(() => expect(lastId(events)).toBe(told.at(-1)));
  for (let again = 0; again < 3; again++) proxy.cut();
  done.abort();
  const { connections } = await reading;
  expect(connections).toBeGreaterThan(12);
  const ids = events.flatMap(({ id }) => (id === undefined ? [] : [Number(id)]));
  expect(ids).toEqual(told);
  // the oracle: what the events add up to is what is kept
  expect(applied(events)).toEqual(await messagesOf(visitor));
  await proxy.close();
});

test("a stock EventSource comes back by itself and goes on where it was", { timeout: 30_000 }, async () => {
  const proxy = await startCuttingProxy(server.url, () => Number.POSITIVE_INFINITY);
  const visitor = await visit(server, ada, botId);
  const source = new EventSource(
    `${proxy.url}/api/chat/${visitor.conversationId}/stream?token=${visitor.token}`,
  );
  const ids: number[] = [];
  let opened = 0;
  source.addEventListener("open", () => opened++);
  for (const name of ["message", "status"]) {
    source.addEventListener(name, (event) => ids.push(Number(Reflect.get(event, "lastEventId"))));
  }
  await eventually(() => expect(opened).toBe(1));
  await askBot(server, visitor, question);
  const told = () => toldNumbers(db, ada.tenantId, visitor.conversationId);
  await eventually(() => expect(ids).toHaveLength(4));
  expect(ids).toEqual(await told());
  proxy.cut();
  await askBot(server, visitor, "Hello");
  await eventually(() => expect(ids).toHaveLength(7));
  expect(ids).toEqual(await told());
  expect(opened).toBe(2);
  source.close();
  await proxy.close();
});

describe.skipIf(!process.env.TEST_DATABASE_URL)("two processes on one PostgreSQL", () => {
  test("each hears of what the other does, words in their order, and either takes over", async () => {
    const other = await startTestServer({ DATABASE_POOL_SIZE: "4" }, { db });
    // the tokens of one are read by the other where both have the same secret
    other.services.ports.visitorTokens = server.services.ports.visitorTokens;
    const visitor = await visit(server, ada, botId);
    const path = `/api/chat/${visitor.conversationId}/stream`;
    const events: TextEvent[] = [];
    const done = new AbortController();
    const proxy = await startCuttingProxy(other.url, () => Number.POSITIVE_INFINITY);
    const reading = readAsEventSource(`${proxy.url}${path}`, visitor.headers, done.signal, (event) =>
      events.push(event),
    );
    const answer = await askBot(server, visitor, question);
    await eventually(() => expect(events.at(-1)?.event).toBe("end"));
    const words = events.filter(({ event }) => event === "delta").map(({ data }) => JSON.parse(data).delta);
    expect(words.join("")).toBe(textOf(answer));
    proxy.cut();
    for (let turn = 0; turn < 5; turn++) await askBot(turn % 2 ? server : other, visitor, question);
    const told = await toldNumbers(db, ada.tenantId, visitor.conversationId);
    await eventually(() => expect(lastId(events)).toBe(told.at(-1)));
    done.abort();
    await reading;
    const ids = events.flatMap(({ id }) => (id === undefined ? [] : [Number(id)]));
    expect(ids).toEqual(told);
    expect(applied(events)).toEqual(await messagesOf(visitor));
    await proxy.close();
    await other.close();
  });
});
