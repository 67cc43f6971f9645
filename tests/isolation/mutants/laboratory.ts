import { sql } from "drizzle-orm";
import { outsideTransaction } from "../../../apps/server/src/platform/db/index.ts";
import { furnish, type Ids } from "../furnish.ts";
import { isAlike, type Outcome, outcomeOf } from "../judge.ts";
import { readTables, rowsOf, tablesWith } from "../rows.ts";
import { createWire } from "../wire.ts";
import { callersOf, findIn, startWorld } from "../world.ts";
import { raiseAlarms } from "./alarm.ts";
import { takeJobs } from "./jobs.ts";
import { type Probe, probesOf } from "./probes.ts";
import { take, takeReached } from "./switch.ts";
import { makeTwin } from "./twin.ts";
import { createUndo } from "./undo.ts";

const word = "quibbada";
const twinsWord = "quibbzoe";

/** What a probe came to, and what it left behind. */
export interface Result {
  outcome: Outcome;
  /** Where it let out something of the other tenant's. */
  leaks: string[];
  /** Tables in which it wrote. */
  touched: string[];
  /** What the jobs that it asked for came to. */
  jobs: string;
  reached: ReadonlySet<number>;
}

/**
 * Two tenants that are twins, without row-level security between them: only the code's own conditions keep them apart.
 * Probes are called by people of the second.
 */
export async function openLaboratory() {
  const world = await startWorld();
  const { server } = world;
  const { services } = server;
  const { db } = services;
  const ada = await server.signUp("Ada");
  const zoe = await server.signUp("Zoe");
  const idsOfAda = await furnish({ ...world, owner: ada, word });
  const idsOfZoe = await furnish({ ...world, owner: zoe, word: twinsWord });
  const jobs = await takeJobs(services);
  await makeTwin(
    db,
    { tenantId: ada.tenantId, userId: ada.userId, word },
    { tenantId: zoe.tenantId, userId: zoe.userId, word: twinsWord },
  );
  const own = await sharedIds(idsOfAda, idsOfZoe);
  const callers = await callersOf(server, zoe, own);
  await jobs.run();
  await raiseAlarms(db);
  const undo = await createUndo(db);
  world.sendMails();
  const before = await rowsOf(db, ada.tenantId, [ada.userId]);
  const wire = createWire(server.url, { openAfter: 60 });

  /** Kinds that stand in a tenant's table have the same ids in both; others, in global tables, have their own. */
  async function sharedIds(of: Ids, other: Ids): Promise<Ids> {
    const tables = (await readTables(db)).filter(({ isTenants }) => isTenants);
    const shared = new Map(other);
    for (const [kind, id] of of) {
      for (const { name } of tables) {
        const { rows } = await db.system().execute(sql`
          select 1 from ${sql.identifier(name)} t where t.tenant_id = ${zoe.tenantId} and to_jsonb(t) ->> 'id' = ${id}`);
        if (rows.length > 0) shared.set(kind, id);
      }
    }
    return shared;
  }

  async function call(probe: Probe): Promise<Result> {
    services.db = { ...db }; // what is kept in memory is kept by database: every call begins without
    world.forget();
    takeReached();
    const answered = await wire.send(probe.request());
    const ended = await outsideTransaction(() => jobs.run());
    const reached = takeReached();
    const outcome = outcomeOf(answered);
    const leaks = `${answered.head}\n${answered.body}`.toLowerCase().includes(word) ? ["answer"] : [];
    leaks.push(...findIn(world.traces(), word));
    return { outcome, leaks, touched: await undo.touched(), jobs: ended.join("\n"), reached };
  }

  return {
    probes: probesOf(callers, own, idsOfAda),
    /** Calls with all checks in place. What it wrote is undone. */
    async baseline(probe: Probe): Promise<Result> {
      const result = await call(probe);
      if (result.touched.length > 0) {
        result.leaks.push(...(await changes()));
        await undo.undo();
      }
      return result;
    },
    /** Calls with one check taken away: how that shows, or null. */
    async without(site: number, probe: Probe, expected: Result): Promise<string | null> {
      take(site);
      try {
        const result = await call(probe);
        take(null);
        if (!isAlike(result.outcome, expected.outcome))
          return `${expected.outcome.status} became ${result.outcome.status}`;
        if (result.jobs !== expected.jobs)
          return `jobs: ${result.jobs} instead of ${expected.jobs}`.slice(0, 300);
        const [leak] = result.leaks;
        if (leak) return `leak: ${leak}`;
        if (result.touched.length === 0) return null;
        const [change] = await changes();
        return change ?? null;
      } finally {
        take(null);
        await undo.undo();
      }
    },
    async close() {
      wire.close();
      await jobs.close();
      await world.close();
    },
  };

  /** What became of the other tenant's rows, and whether its words came among ours. */
  async function changes(): Promise<string[]> {
    const after = await rowsOf(db, ada.tenantId, [ada.userId]);
    const changed = [...after]
      .filter(([name, digest]) => before.get(name) !== digest)
      .map(([name]) => `changed: ${name}`);
    const mixed = (await tablesWith(db, zoe.tenantId, word)).map((name) => `mixed: ${name}`);
    return [...changed, ...mixed];
  }
}
