import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Act, act, Crash, perform, type World } from "../../../../../tests/handoff/acts.ts";
import { Broken, check, staysResolved } from "../../../../../tests/handoff/invariants.ts";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { agentContext, newVisitor, systemContext } from "../../../../../tests/harness/desk.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { whileTimeLasts } from "../../../../../tests/harness/while-time-lasts.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db, TenantTransaction } from "../../platform/db/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import {
  conversationEvents,
  conversations,
  escalations,
  messages,
} from "../conversations/conversations.tables.ts";
import { agentPresence } from "../presence/presence.tables.ts";
import { sweepClocks } from "../slas/index.ts";
import { distribute, returnFromAway } from "./index.ts";

/*
 * A handoff never fails: visitor, bot, two agents, rules, routing, clocks, timers and dying processes act on one
 * conversation at once, in every order. What is promised is in tests/handoff/invariants.ts; each promise has a fault below that it must notice.
 */
let db: Db;
let server: TestServer;
let ada: TestUser;
let people: [TestUser, TestUser];
let botId: string;
let later = 0;
/** Fresh servers over the same database; each takes a second or two. */
const mostRestarts = 2;
const figures = { runs: 0, acts: 0, refused: 0, crashes: 0, restarts: 0 };

async function start(): Promise<void> {
  server = await startTestServer({}, { db });
  server.services.now = () => new Date(Date.now() + later);
}
beforeAll(async () => {
  db = await openTestDb();
  await start();
  ada = await server.signUp("Ada");
  people = [await colleague(server, ada, "agent"), await colleague(server, ada, "agent")];
  botId = (await botWith(ada, {})).id;
  await ada.trpc.routing.updateSettings.mutate({ autoAssign: true });
  const usual = { firstResponseMinutes: 10, resolutionMinutes: 60 };
  const targets = { P0: usual, P1: usual, P2: usual, P3: usual };
  await ada.trpc.slas.create.mutate({ name: "Everybody", targets });
});
afterAll(async () => {
  await server.close();
  await db.close();
  process.stdout.write(`handoff: ${JSON.stringify(figures)}\n`);
});

async function newWorld(): Promise<World> {
  const { tenantId } = ada;
  await db.withTenant(tenantId, async (tx) => {
    await tx.delete(conversations).where(eq(conversations.tenantId, tenantId));
    await tx.delete(agentPresence).where(eq(agentPresence.tenantId, tenantId));
  });
  return {
    ...(await newVisitor(server, { tenantId, botId })),
    system: systemContext(server, tenantId),
    agents: [agentContext(server, people[0]), agentContext(server, people[1])],
    pass: (minutes) => {
      later += minutes * 60_000;
    },
    posted: new Map(),
    speaking: [],
    asked: [],
  };
}

/** The same world on a new process over the same database; what the old one was about to say is lost. */
async function restarted(world: World): Promise<World> {
  await server.close();
  await start();
  figures.restarts++;
  const { system, agents, visitor } = world;
  const anew = <Context extends World["system"]>(ctx: Context) => ({ ...ctx, ...server.services });
  return {
    ...world,
    system: anew(system),
    visitor: anew(visitor),
    agents: [anew(agents[0]), anew(agents[1])],
    speaking: [],
  };
}

async function play(world: World, wave: Act[]): Promise<void> {
  const results = await Promise.allSettled(wave.map((one) => perform(world, one)));
  figures.acts += wave.length;
  for (const result of results) {
    if (result.status === "fulfilled") continue;
    if (result.reason instanceof Crash) figures.crashes++;
    else if (isAppError(result.reason)) {
      figures.refused++;
      expect(["CONFLICT", "ILLEGAL_TRANSITION"]).toContain(result.reason.code);
    } else throw result.reason;
  }
}

/** Timers and the follower of every event, as often as they like. */
async function comeRound(world: World): Promise<void> {
  for (let n = 0; n < 2; n++) {
    world.pass(16);
    await returnFromAway(world.system);
    await distribute(world.system);
    await sweepClocks(world.system);
  }
}

test("whoever acts in whatever order, the handoff holds", async () => {
  const waves = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(
      waves,
      whileTimeLasts(15_000, async (waves) => {
        let world = await newWorld();
        figures.runs++;
        for (const [n, wave] of waves.entries()) {
          if (n === 2 && figures.restarts < mostRestarts) world = await restarted(world);
          await play(world, wave);
          await check(world);
        }
        await play(world, [{ what: "resolve", agent: 0, message: 0, crash: null }]);
        await staysResolved(world, () => comeRound(world));
        await check(world);
      }),
    ),
    { numRuns: 60 },
  );
  expect(figures.runs).toBeGreaterThan(1);
}, 120_000);

describe("a planted fault is noticed", () => {
  const does = (what: Act["what"]): Act => ({ what, agent: 0, message: 0, crash: null });
  const inConversation = (
    world: World,
    plant: (tx: TenantTransaction, id: string) => Promise<unknown>,
  ): Promise<unknown> => inTx(world.system, ({ tx }) => plant(tx, world.conversationId));

  const faults: { broken: string; after: Act["what"][]; plant: (world: World) => Promise<unknown> }[] = [
    {
      broken: "the bot is silent while a person has it",
      after: ["post", "takeOver"],
      plant: (world) =>
        inConversation(world, async (tx, conversationId) => {
          // under the lock of all writers: what is found out about the conversation meanwhile takes numbers too
          const ofIt = eq(conversations.id, conversationId);
          const [row] = await tx.select().from(conversations).where(ofIt).for("update");
          if (!row) throw new Error("The conversation is gone.");
          const said = { tenantId: row.tenantId, conversationId, sequence: row.lastSequence + 1 };
          const id = newId();
          await tx
            .insert(messages)
            .values({ ...said, id, author: "bot", text: "I know!", state: "complete" });
          await tx.insert(conversationEvents).values({ ...said, type: "message", messageId: id });
          await tx.update(conversations).set({ lastSequence: said.sequence }).where(ofIt);
        }),
    },
    {
      broken: "the bot goes on with nothing",
      after: ["post", "botBegins", "takeOver", "botEnds"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx
            .update(messages)
            .set({ state: "complete" })
            .where(and(eq(messages.conversationId, id), eq(messages.author, "bot"))),
        ),
    },
    {
      broken: "who waits stands in the queue, and nobody else",
      after: ["post", "ask"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx.update(conversations).set({ queuedAt: null }).where(eq(conversations.id, id)),
        ),
    },
    {
      broken: "what is escalated has its request",
      after: ["ask"],
      plant: (world) =>
        inConversation(world, (tx, id) => tx.delete(escalations).where(eq(escalations.conversationId, id))),
    },
    {
      broken: "a request is confirmed once",
      after: ["ask"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx.update(messages).set({ internal: true }).where(eq(messages.conversationId, id)),
        ),
    },
    {
      broken: "nobody there means a promise",
      after: ["ask"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx
            .update(messages)
            .set({ text: sql`split_part(${messages.text}, E'\n', 1)` })
            .where(eq(messages.conversationId, id)),
        ),
    },
    {
      broken: "the request's agent is the owner",
      after: ["ask", "takeOver"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx
            .update(escalations)
            .set({ assigneeId: people[1].userId })
            .where(eq(escalations.conversationId, id)),
        ),
    },
    {
      broken: "the state is that of the log",
      after: ["ask"],
      plant: (world) =>
        inConversation(world, (tx, id) =>
          tx.update(conversations).set({ status: "ai_handling" }).where(eq(conversations.id, id)),
        ),
    },
  ];
  test.each(faults)("$broken", async ({ broken, after, plant }) => {
    const world = await newWorld();
    for (const what of after) await play(world, [does(what)]);
    await check(world);
    await plant(world);
    const noticed = await check(world).catch((error: unknown) => error);
    expect(noticed).toBeInstanceOf(Broken);
    expect(noticed).toMatchObject({ message: broken });
  });

  test("what is resolved stays resolved", async () => {
    const world = await newWorld();
    for (const what of ["ask", "takeOver", "resolve"] as const) await play(world, [does(what)]);
    await staysResolved(world, () => comeRound(world));
    const reopening = () => play(world, [does("reopen")]);
    await expect(staysResolved(world, reopening)).rejects.toThrow("what is resolved stays resolved");
  });
});
