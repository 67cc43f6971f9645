import { outsideTransaction } from "../../../apps/server/src/platform/db/index.ts";
import { furnish } from "../furnish.ts";
import { isAlike, type Outcome, outcomeOf } from "../judge.ts";
import { rowsOf, tablesWith } from "../rows.ts";
import { createWire } from "../wire.ts";
import { callersOf, findIn, startWorld } from "../world.ts";
import { countRings, raiseAlarms } from "./alarm.ts";
import { play, stageOf } from "./flows/flow.ts";
import { takeJobs } from "./jobs.ts";
import { type Probe, probesOf } from "./probes.ts";
import { standApart } from "./stand-apart.ts";
import { take, takeReached } from "./switch.ts";
import { idsOfTwin, makeTwin, type Side } from "./twin.ts";
import { createUndo } from "./undo.ts";

/** What a probe came to, and what it left behind. */
export interface Result {
  outcome: Outcome;
  /** What the jobs that it asked for came to. */
  jobs: string;
  /** Where the other tenant's word got out, or its rows were changed or came among ours. */
  leaks: string[];
  /** Whether a statement came upon a row of the other tenant. */
  alarmed: boolean;
  /** The checks that were come by on the way. */
  reached: ReadonlySet<number>;
  /** Of an answer that is never the same twice: its body says nothing. */
  varies?: boolean;
}

/**
 * Two tenants that are twins, with an alarm between them in the place of row-level security: only the code's own
 * conditions keep them apart. Probes are called by people of the second; what they write is undone after each.
 */
export async function openLaboratory() {
  const world = await startWorld();
  const { server } = world;
  const { services } = server;
  const { db } = services;
  const [first, second] = [await server.signUp("Ada"), await server.signUp("Zoe")];
  const ada: Side = { ...first, word: "quibbada" };
  const zoe: Side = { ...second, word: "quibbzoe" };
  const idsOfAda = await furnish({ ...world, owner: first, word: ada.word });
  const others = await furnish({ ...world, owner: first, word: "somethingelse" });
  const idsOfZoe = await furnish({ ...world, owner: second, word: zoe.word });
  const jobs = await takeJobs(services);
  await makeTwin(db, ada, zoe);
  const own = await idsOfTwin(db, zoe, idsOfAda, idsOfZoe);
  const callers = await callersOf(server, second, own);
  await jobs.run();
  await makeTwin(db, zoe, ada, { onlyMissing: true }); // what the callers brought along is to have a twin as well
  await standApart(db, ada, zoe);
  await raiseAlarms(db);
  world.sendMails();
  const undo = await createUndo(db);
  const before = await rowsOf(db, ada.tenantId, [ada.userId]);
  const mixed = await tablesWith(db, zoe.tenantId, ada.word);
  if (mixed.length > 0) throw new Error(`The twins are not apart: ${mixed.join(", ")}.`);
  const wire = createWire(server.url, { openAfter: 60 });

  const { now } = services;
  const stage = stageOf({ world, wire, db, ada, zoe, own, callers, runJobs: jobs.run });

  /** Each call begins with nothing in memory, because what is kept there is kept by database. */
  async function call(probe: Probe, taken: readonly number[] = []): Promise<Result> {
    services.db = { ...db };
    services.now = now;
    world.forget();
    const unready = await failureOf(async () => probe.flow?.prepare?.(stage));
    const rowsBefore = probe.flow ? new Map([...before, ...(await rowsNow(await undo.touched()))]) : before;
    const ringsBefore = await countRings(db);
    takeReached();
    take(taken);
    const answered = probe.request ? await wire.send(probe.request()) : null;
    const played = probe.flow ? await outsideTransaction(() => play(probe.flow, stage)) : "";
    const ended = await outsideTransaction(() => jobs.run(probe.jobs));
    const reached = takeReached();
    const alarmed = (await countRings(db)) > ringsBefore;
    const outcome = answered
      ? outcomeOf(answered)
      : { status: unready ? 500 : 0, code: null, body: unready ?? played };
    const leaks = findIn(world.traces(), ada.word);
    if (`${answered?.head}\n${answered?.body}`.toLowerCase().includes(ada.word)) leaks.push("the answer");
    const touched = await undo.touched();
    if (touched.size > 0) leaks.push(...(await changes(rowsBefore, touched)));
    return { outcome, leaks, alarmed, jobs: ended.join("\n"), reached };
  }

  /** The other tenant's rows in these tables. */
  const rowsNow = (touched: ReadonlySet<string>) => rowsOf(db, ada.tenantId, [ada.userId], touched);

  /** What became of the other tenant's rows, and whether its words came among ours, where something was written. */
  async function changes(
    rowsBefore: ReadonlyMap<string, string>,
    touched: ReadonlySet<string>,
  ): Promise<string[]> {
    const after = await rowsNow(touched);
    const changed = [...after].filter(([name, digest]) => rowsBefore.get(name) !== digest);
    return [
      ...changed.map(([name]) => `changed rows of ${name}`),
      ...(await tablesWith(db, zoe.tenantId, ada.word, touched)).map((name) => `its word in rows of ${name}`),
    ];
  }

  return {
    probes: probesOf({ callers, own, foreign: idsOfAda, others, scheduled: jobs.scheduled }),
    /** Calls with all checks in place. */
    async baseline(probe: Probe): Promise<Result> {
      try {
        return await call(probe);
      } finally {
        await undo.undo();
      }
    },
    /** Calls with these checks taken away: how that shows, or null; and what was come by. */
    async without(sites: readonly number[], probe: Probe, expected: Result) {
      try {
        const result = await call(probe, sites);
        return { seen: difference(result, expected), reached: result.reached, outcome: result.outcome };
      } finally {
        take([]);
        await undo.undo();
      }
    },
    async close() {
      wire.close();
      await jobs.close();
      await world.close();
    },
  };
}

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>;

/** How it shows that a statement came upon another tenant's row. */
export const alarmRang = "alarm";

/** How it shows that a call came to something else than is expected; null: not at all. */
export function difference(result: Result, expected: Result): string | null {
  if (result.alarmed) return alarmRang;
  const isOther = expected.varies
    ? result.outcome.status !== expected.outcome.status || result.outcome.code !== expected.outcome.code
    : !isAlike(result.outcome, expected.outcome);
  if (isOther) return `answered ${result.outcome.status} instead of ${expected.outcome.status}`;
  if (result.jobs !== expected.jobs) return "its jobs ended otherwise";
  const leak = result.leaks.find((candidate) => !expected.leaks.includes(candidate));
  return leak ? `leaked: ${leak.slice(0, 200)}` : null;
}

/** What a preparation failed with; null where it did not. */
async function failureOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
    return `not prepared: ${error instanceof Error ? error.message : String(error)} ${cause}`;
  }
}
