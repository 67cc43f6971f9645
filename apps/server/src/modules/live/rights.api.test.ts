import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { colleague } from "../../../../../tests/harness/scenarios.ts";
import type { TestUser } from "../../../../../tests/harness/server.ts";
import { type SocketClient, socketClient } from "../../../../../tests/harness/socket.ts";
import { members, sessions } from "../identity/identity.tables.ts";
import { agentPresence } from "../presence/presence.tables.ts";
import { startLiveWorld } from "./testing/live-world.ts";

/* How those are looked at who stay connected: all together, and each for themselves. */

const world = await startLiveWorld();
const { server, ada, bob, advance, signIn, connected, keyWith } = world;
afterAll(() => server.close());
afterEach(async () => {
  world.leave();
  vi.restoreAllMocks();
});

const db = () => server.services.db.system();

async function dismissed(client: SocketClient): Promise<string> {
  const { code } = await client.until("error", z.object({ event: z.null(), code: z.string() }));
  return code;
}

/** What is sent to the database from now on, over whatever connection. */
async function statements(): Promise<string[]> {
  const client = await server.services.db.pool.connect();
  client.release();
  const prototype: typeof client = Object.getPrototypeOf(client);
  const send: (...args: unknown[]) => unknown = prototype.query;
  const sent: string[] = [];
  vi.spyOn(prototype, "query").mockImplementation(function (this: unknown, ...args: unknown[]) {
    sent.push(String(Reflect.get(Object(args[0]), "text") ?? args[0]));
    return send.apply(this, args);
  });
  return sent;
}

test("a removed agent among 200 sockets loses theirs alone, and one look is one statement for all", async () => {
  const zoe = await colleague(server, ada, "agent");
  await signIn(zoe);
  const leaving = await connected(zoe);
  const staying: SocketClient[] = [];
  while (staying.length < 199) {
    const people = Array.from({ length: Math.min(40, 199 - staying.length) }, (_, n) => (n % 2 ? ada : bob));
    staying.push(...(await Promise.all(people.map((person) => connected(person)))));
  }
  await db().delete(members).where(eq(members.userId, zoe.userId));
  const sent = await statements();
  advance(5_000);
  expect(await dismissed(leaving)).toBe("UNAUTHORIZED");
  expect(sent.filter((text) => text.includes('from "sessions" inner join "users"'))).toHaveLength(1);
  for (const one of staying.slice(-2)) {
    expect(await one.ask("conversation:typing", {})).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
  }
  expect(
    staying.filter(({ socket, heard }) => !socket.connected || heard.some(({ event }) => event === "error")),
  ).toEqual([]);
});

test("a key that was revoked ends its own connection, at the next look", async () => {
  const keys = [await keyWith("conversations:read"), await keyWith("conversations:read")];
  const [ending, staying] = await Promise.all(
    keys.map(async (key) => {
      const client = socketClient(server, key);
      await client.connect();
      return client;
    }),
  );
  if (!ending || !staying) throw new Error("unreachable");
  const revoked = (await ada.trpc.apiKeys.list.query()).find(({ prefix }) => keys[0]?.startsWith(prefix));
  await ada.trpc.apiKeys.revoke.mutate({ id: revoked?.id ?? "" });
  advance(5_000);
  expect(await dismissed(ending)).toBe("UNAUTHORIZED");
  expect(await staying.ask("conversation:typing", {})).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
  for (const client of [ending, staying]) client.close();
});

test("a cookie whose session has a new token is worth nothing to who listens by it", async () => {
  const yan = await colleague(server, ada, "agent");
  const over = new AbortController();
  const follow = async ({ headers }: TestUser, name: string) => {
    const said = await fetch(`${server.url}/trpc/conversations.changes`, { headers, signal: over.signal });
    await said.text();
    return name;
  };
  const [old, other] = [follow(yan, "old"), follow(bob, "other")];
  // both are watched once both are there
  await eventually(async () => {
    const there = await db().select().from(agentPresence).where(eq(agentPresence.tenantId, ada.tenantId));
    expect(there.filter(({ userId }) => [yan.userId, bob.userId].includes(userId))).toHaveLength(2);
  });
  await db().update(sessions).set({ token: crypto.randomUUID() }).where(eq(sessions.userId, yan.userId));
  advance(5_000);
  expect(await Promise.race([old, other])).toBe("old");
  over.abort();
});

test("one sign of life tells of all who are there, and ends what the sweep found", async () => {
  const presence = async (user: TestUser) => {
    const own = and(eq(agentPresence.tenantId, ada.tenantId), eq(agentPresence.userId, user.userId));
    return (await db().select().from(agentPresence).where(own))[0];
  };
  const isThere = async (user: TestUser) => ((await presence(user))?.thereUntil ?? 0) > new Date();
  const clients = [await connected(bob), await connected(bob), await connected(ada)];
  await eventually(async () => expect([await isThere(bob), await isThere(ada)]).toEqual([true, true]));
  const long = new Date(Date.now() + 20_000);
  const ofTenant = eq(agentPresence.tenantId, ada.tenantId);
  await db()
    .update(agentPresence)
    .set({ thereUntil: long, lastSeenAt: new Date(0) })
    .where(ofTenant);
  await db()
    .update(agentPresence)
    .set({ status: "away", setBySweep: true })
    .where(and(ofTenant, eq(agentPresence.userId, bob.userId)));
  advance(30_000);
  await eventually(async () => {
    expect(await presence(bob)).toMatchObject({ status: "available", setBySweep: false });
    for (const user of [ada, bob])
      expect((await presence(user))?.thereUntil.getTime()).toBeGreaterThan(long.getTime());
  });
  for (const client of clients) client.close();
  await eventually(async () => expect([await isThere(bob), await isThere(ada)]).toEqual([false, false]));
});
