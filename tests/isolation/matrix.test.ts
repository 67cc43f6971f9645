import { afterAll, beforeAll, expect, test } from "vitest";
import { type Arena, classesOf, openArena } from "./arena.ts";
import { attack } from "./attack.ts";
import { type Operation, registeredOperations } from "./operations.ts";
import { makers } from "./registry/index.ts";
import { report } from "./report.ts";
import { attackEvents, bothSpeak, heardOfOthers, openHall, plantLeak } from "./sockets.ts";

/*
 * Every procedure and route, each id in it, everybody who could ask. The matrix is made from the routers, so that what
 * is added is attacked the day that it is written; what cannot be read from them stands in registry/.
 */

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
}, 300_000);
afterAll(() => arena.close());

/** Calls that are on their way at once. */
const atOnce = 12;

test("no caller reaches another tenant's things, or learns that they are there", {
  timeout: 900_000,
}, async () => {
  const leaks: string[] = [];
  const operations = registeredOperations();
  const attackAs = async (
    operation: Operation,
    [caller, credentials]: ReturnType<typeof classesOf>[number],
  ) => {
    leaks.push(...(await attack(arena, operation, caller, credentials)));
  };
  for (const operation of operations.filter(({ name }) => !makers.has(name))) {
    await inParallel(classesOf(arena.callers), (caller) => attackAs(operation, caller));
  }
  for (const operation of operations.filter(({ name }) => makers.has(name))) {
    for (const caller of classesOf(arena.callers)) {
      await attackAs(operation, caller);
    }
  }
  leaks.push(...(await arena.changes()).map((table) => `another tenant's rows of ${table} were changed`));
  leaks.push(...(await arena.traces()));
  report("calls", `${arena.wire.calls} calls, ${leaks.length} leaks`);
  expect(leaks).toEqual([]);
  expect(arena.wire.calls).toBeGreaterThan(20_000);
});

/** What each way of noticing says once something does leak: one that stays silent would prove nothing. */
test("a planted leak shows in every way in which leaks are noticed", { timeout: 60_000 }, async () => {
  const { world, insider, word, wire } = arena;
  const { services } = world.server;
  const of = (name: string) => {
    const operation = registeredOperations().find((candidate) => candidate.name === name);
    if (!operation) throw new Error(`There is no ${name}.`);
    return operation;
  };
  const read = await attack(arena, of("bot.byId"), "member", insider);
  expect(read).toContain("bot.byId as member: the answer holds another tenant's canary");
  expect(read.join("\n")).toMatch(/bot.byId as member, id foreign: 200 .* instead of/);
  const unlike = await attack(arena, of("problems.clustering"), "anonymous", insider);
  expect(unlike.join("\n")).toContain("instead of a refusal");

  expect(await arena.traces()).toEqual([]);
  services.log.info({ document: `about ${word}` }, "planted");
  await services.rateLimiter.hit(`planted/${word}`, { limit: 1, windowMs: 1_000 });
  await services.ports.mailer.send({
    id: crypto.randomUUID(),
    to: "eve@example.test",
    subject: "Planted",
    text: word,
  });
  const botId = arena.tenants.foreign.get("bot") ?? "";
  const sent = of("POST /api/chat").request(
    new Map([
      ["botId", botId],
      ["id", crypto.randomUUID()],
    ]),
    insider,
  );
  await wire.send({ ...sent, ...withText(sent.body, `When does the ${word} shop open on Mondays?`) });
  const traces = await arena.traces();
  for (const way of ["log", "keys", "mails", "prompts"]) {
    expect(
      traces.filter((trace) => trace.startsWith(`${way}: `)),
      way,
    ).not.toEqual([]);
  }
  expect(await arena.changes()).toContain("messages");
});

test("sockets hear and reach nothing of another tenant's, and a planted leak shows", {
  timeout: 120_000,
}, async () => {
  const hall = await openHall(arena);
  expect(hall.wrong).toEqual([]);
  expect(await attackEvents(hall, arena)).toEqual([]);
  await bothSpeak(hall, arena);
  expect(heardOfOthers(hall, arena)).toEqual([]);
  await plantLeak(hall, arena);
  expect(heardOfOthers(hall, arena)).toHaveLength(hall.sockets.length);
  hall.close();
});

function withText(body: string | undefined, text: string) {
  const changed = (body ?? "").replace("When do you open?", text);
  return { body: changed };
}

/** Does the work for all, some at a time. */
async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
