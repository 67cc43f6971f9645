import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  agentContext,
  newVisitor,
  systemContext,
  waitingVisitor,
} from "../../../../../tests/harness/desk.ts";
import { botWith, colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { findConversation, readMessages } from "../conversations/index.ts";
import { members } from "../identity/identity.tables.ts";
import { heartbeat, keepStatus } from "../presence/index.ts";
import { agentPresence } from "../presence/presence.tables.ts";
import * as routing from "./index.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let cleo: TestUser;
let botId: string;
let later = 0;
beforeAll(async () => {
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + later);
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  cleo = await colleague(server, ada, "agent");
  botId = (await botWith(ada, {})).id;
});
afterAll(() => server.close());
beforeEach(async () => {
  const db = server.services.db;
  await db.withTenant(ada.tenantId, async (tx) => {
    await tx.delete(conversations).where(eq(conversations.tenantId, ada.tenantId));
    await tx.delete(agentPresence).where(eq(agentPresence.tenantId, ada.tenantId));
  });
  await setSkills(bob, []);
});

const minutes = (n: number) => n * 60_000;
const waiting = async () => (await waitingVisitor(server, { tenantId: ada.tenantId, botId })).conversationId;
const system = () => systemContext(server, ada.tenantId);
const read = (id: string) => inTx(system(), (ctx) => findConversation(ctx, id));
const setSkills = (person: TestUser, skills: string[]) =>
  server.services.db.system().update(members).set({ skills }).where(eq(members.userId, person.userId));
const next = async (person: TestUser, input = {}) => {
  const { conversation, outcome } = await person.trpc.routing.assignNext.mutate(input);
  return conversation?.id ?? outcome;
};
const sweep = () => routing.returnFromAway(system());
/** An inbox of theirs is open, in whatever process. */
const isHere = (person: TestUser) => inTx(system(), (ctx) => heartbeat(ctx, person.userId));

describe("the next conversation", () => {
  test("is the most urgent, then the one that waits longest, as far as there is room", async () => {
    const [first, second] = [await waiting(), await waiting()];
    const { conversationId: urgent } = await newVisitor(server, { tenantId: ada.tenantId, botId });
    await ada.trpc.escalations.create.mutate({ conversationId: urgent, reason: "Fire", priority: "urgent" });
    await bob.trpc.routing.setStatus.mutate({ maxConcurrent: 2 });
    expect([await next(bob), await next(bob), await next(bob)]).toEqual([urgent, first, "at_capacity"]);
    expect([await next(cleo), await next(cleo)]).toEqual([second, "none_waiting"]);
    expect(await read(urgent)).toMatchObject({
      status: "awaiting_agent",
      assigneeId: bob.userId,
      queuedAt: null,
    });
    const queue = await bob.trpc.routing.queue.query();
    expect(queue).toMatchObject({ currentCount: 2, maxConcurrent: 2, waitingCount: 0 });
    expect(queue.conversations.map(({ id }) => id).sort()).toEqual([first, urgent].sort());
    expect(queue.conversations.find(({ id }) => id === first)).toMatchObject({
      state: "awaiting_agent",
      unreadCount: 1,
    });
  });

  test("is of one's teams and within one's skills", async () => {
    const [billing, ofTeam] = [await waiting(), await waiting()];
    const team = await ada.trpc.teams.create.mutate({ name: `Returns ${crypto.randomUUID()}` });
    await server.services.db.withTenant(ada.tenantId, async (tx) => {
      await tx
        .update(conversations)
        .set({ requiredSkills: ["billing"] })
        .where(eq(conversations.id, billing));
    });
    await ada.trpc.routing.assign.mutate({ conversationId: ofTeam, teamId: team.id });
    expect(await next(bob)).toBe("none_waiting");
    expect(await refusal(next(bob, { teamId: team.id }))).toBe("CONFLICT");
    await setSkills(bob, ["billing", "shipping"]);
    expect(await next(bob, { skills: ["shipping"] })).toBe("none_waiting");
    expect(await next(bob)).toBe(billing);
    await ada.trpc.teams.addMember.mutate({ teamId: team.id, userId: bob.userId });
    expect(await next(bob, { teamId: team.id })).toBe(ofTeam);
  });

  test("is nobody's twice when 50 ask at once, and nobody gets more than they take", async () => {
    const db = server.services.db.system();
    const many = await Promise.all(Array.from({ length: 5 }, () => colleague(server, ada, "agent")));
    for (const person of many) {
      await inTx(system(), (ctx) => keepStatus(ctx, person.userId, { minutes: 1, maxConcurrent: 6 }));
    }
    const at = new Date();
    const queued = {
      tenantId: ada.tenantId,
      botId,
      channel: "widget",
      status: "escalated",
      queuedAt: at,
    } as const;
    await db.insert(conversations).values(Array.from({ length: 34 }, () => ({ ...queued, id: newId() })));
    const asked = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const person = many[n % many.length];
        if (!person) throw new Error("There is nobody.");
        return routing.assignNext(agentContext(server, person), {});
      }),
    );
    const given = asked.flatMap(({ conversationId }) => conversationId ?? []);
    expect(new Set(given).size).toBe(given.length);
    expect(given).toHaveLength(30); // five people with six each; twenty were told that they have enough
    expect(asked.filter(({ outcome }) => outcome === "at_capacity")).toHaveLength(20);
    const rows = await db.select().from(conversations).where(eq(conversations.tenantId, ada.tenantId));
    for (const person of many) {
      expect(rows.filter(({ assigneeId }) => assigneeId === person.userId)).toHaveLength(6);
    }
    expect(rows.filter(({ queuedAt }) => queuedAt !== null)).toHaveLength(4);
  });
});

describe("whose it becomes", () => {
  test("by transfer: with a note, to the next one, and CONFLICT for whoever saw another owner", async () => {
    const id = await waiting();
    await bob.trpc.conversations.takeOver.mutate({ id });
    const hand = { conversationId: id, agentId: cleo.userId, reason: "She knows the printer" };
    expect(await refusal(cleo.trpc.routing.transfer.mutate(hand))).toBe("CONFLICT");
    const moved = await bob.trpc.routing.transfer.mutate(hand);
    expect(moved).toEqual({
      conversationId: id,
      status: "awaiting_agent",
      agentId: cleo.userId,
      teamId: null,
    });
    expect(await refusal(bob.trpc.routing.transfer.mutate(hand))).toBe("CONFLICT");
    const seen = await readMessages(system(), { conversationId: id });
    expect(seen.map(({ text }) => text).join()).not.toContain("printer"); // a note, which customers and bots never read
    const team = await ada.trpc.teams.create.mutate({ name: `Second ${crypto.randomUUID()}` });
    const back = { conversationId: id, teamId: team.id, reason: "Needs a specialist" };
    expect(await cleo.trpc.routing.transfer.mutate(back)).toMatchObject({
      status: "escalated",
      agentId: null,
      teamId: team.id,
    });
    expect((await ada.trpc.escalations.list.query({ conversationId: id })).items).toMatchObject([
      { status: "pending", assignee: null },
    ]);
  });

  test("not somebody's who may not answer, nor of a resolved conversation", async () => {
    const id = await waiting();
    const member = await colleague(server, ada, "member");
    const give = (agentId: string) =>
      ada.trpc.routing.assign.mutate({ conversationId: id, agentId, reason: "x" });
    expect(await refusal(give(member.userId))).toBe("CONFLICT");
    await bob.trpc.conversations.takeOver.mutate({ id });
    await bob.trpc.conversations.resolve.mutate({ id });
    expect(await refusal(give(bob.userId))).toBe("ILLEGAL_TRANSITION");
  });

  test("by itself, where that is on: the least loaded of those who are there", async () => {
    await ada.trpc.routing.updateSettings.mutate({ autoAssign: true, defaultCapacity: 2 });
    try {
      await isHere(bob);
      await isHere(cleo);
      await cleo.trpc.routing.setStatus.mutate({ status: "busy" });
      const ids = [await waiting(), await waiting(), await waiting()];
      await expect
        .poll(async () => (await Promise.all(ids.map(read))).map(({ assigneeId }) => assigneeId))
        .toEqual([bob.userId, bob.userId, null]);
      await cleo.trpc.routing.setStatus.mutate({ status: "available" });
      await expect.poll(async () => (await read(ids[2] ?? "")).assigneeId).toBe(cleo.userId);
    } finally {
      await ada.trpc.routing.updateSettings.mutate({ autoAssign: false, defaultCapacity: 5 });
    }
  });
});

describe("who is away", () => {
  test("loses what waits for them after the minutes, once, with a note; the rest stays theirs", async () => {
    const [waits, answered] = [await waiting(), await waiting()];
    for (const id of [waits, answered]) await bob.trpc.conversations.takeOver.mutate({ id });
    await bob.trpc.conversations.reply.mutate({ id: answered, text: "Done?", clientId: crypto.randomUUID() });
    later += minutes(14);
    expect(await sweep()).toBe(0);
    later += minutes(2);
    expect(await Promise.all([sweep(), sweep()]).then(([a, b]) => a + b)).toBe(1);
    expect(await read(waits)).toMatchObject({ status: "escalated", assigneeId: null });
    expect(await read(answered)).toMatchObject({ status: "awaiting_customer", assigneeId: bob.userId });
    const standing = async () => {
      const { items } = await ada.trpc.routing.presence.query();
      return items.find(({ agentId }) => agentId === bob.userId)?.status;
    };
    expect(await standing()).toBe("away");
    await isHere(bob);
    expect(await standing()).toBe("available");
    expect(await next(bob)).toBe(waits);
  });

  test("who is removed gives back what they have", async () => {
    const person = await colleague(server, ada, "agent");
    const id = await waiting();
    await person.trpc.conversations.takeOver.mutate({ id });
    await ada.trpc.users.deactivate.mutate({ userId: person.userId });
    expect(await read(id)).toMatchObject({ status: "escalated", assigneeId: null });
    expect((await ada.trpc.escalations.list.query({ conversationId: id })).items).toMatchObject([
      { status: "pending", assignee: null },
    ]);
  });
});

test("nobody there means a promise, in the tenant's words where it has some; over all processes", async () => {
  const lastWords = async (id: string) =>
    (await readMessages(system(), { conversationId: id })).findLast(({ author }) => author === "system")
      ?.text;
  expect(await lastWords(await waiting())).toContain("Nobody is here at the moment");
  await ada.trpc.routing.updateSettings.mutate({ promises: { en: "We answer until noon." } });
  expect(await lastWords(await waiting())).toContain("We answer until noon.");
  await ada.trpc.routing.updateSettings.mutate({ promises: {} });
  await isHere(bob);
  expect(await lastWords(await waiting())).not.toContain("Nobody");
  later += 76_000; // the process of that inbox died
  expect(await lastWords(await waiting())).toContain("Nobody is here at the moment");
});
