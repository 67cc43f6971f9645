import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db, PageStart } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { type TimelineEnd, timelineCount, timelinePage } from "./timeline.queries.ts";

const tenantId = newId();
/** Their conversations, and the messages of each. */
const people = {
  "of few long conversations": { id: newId(), conversations: 30, each: 100 },
  "of many short conversations": { id: newId(), conversations: 3_000, each: 1 },
  "among whose neighbours there are many": { id: newId(), conversations: 3, each: 4 },
};
let db: Db;

/** Filled at once, and nobody has counted what is in the tables: what the planner knows of them is nothing. */
beforeAll(async () => {
  db = await openTestDb();
  const write = (statement: SQL) => db.system().execute(statement);
  await write(sql`insert into tenants (id, name, slug) values (${tenantId}, 'Filled', 'filled')`);
  for (const { id, conversations, each } of Object.values(people)) {
    await write(
      sql`insert into customers (tenant_id, id, name, created_at) values (${tenantId}, ${id}, 'Cleo', '2026-01-01')`,
    );
    await write(sql`insert into customer_identities (tenant_id, id, customer_id, kind, value, source, evidence, created_at)
      select ${tenantId}::uuid, gen_random_uuid(), ${id}::uuid, 'email', ${id}::text || n || '@shop.example', 'agent', '{}', '2026-01-02'
      from generate_series(1, 3) n`);
    // three of each moment, every second one resolved when it was opened
    await write(sql`insert into conversations (tenant_id, id, customer_id, channel, status, created_at, resolved_at)
      select ${tenantId}::uuid, gen_random_uuid(), ${id}::uuid, 'email', 'closed', at, case when n % 2 = 0 then at end
      from generate_series(1, ${conversations}::int) n
      cross join lateral (select timestamptz '2026-01-02' + n / 3 * interval '1 minute' as at) w`);
    await write(sql`insert into messages (tenant_id, id, conversation_id, sequence, author, text, state, created_at, deleted_at)
      select tenant_id, gen_random_uuid(), id, n, 'customer', case when n % 7 = 3 then '' else 'Hello' end, 'complete',
        created_at + n / 2 * interval '1 minute', case when n % 11 = 5 then now() end
      from conversations cross join generate_series(1, ${each}::int) n where customer_id = ${id}`);
  }
});
afterAll(() => db.close());

type Rows = { place: string; type: string; at: string }[];

const run = <Row extends Record<string, unknown>>(statement: SQL) =>
  db.withTenant(tenantId, async (tx) => (await tx.execute<Row>(statement)).rows);
const pageFor = (id: string, start: Partial<PageStart<TimelineEnd>>) =>
  timelinePage({ tenantId }, id, { after: null, offset: 0, limit: 20, ...start });
const read = (id: string, start: Partial<PageStart<TimelineEnd>>): Promise<Rows> => run(pageFor(id, start));

interface Plan {
  "Actual Rows": number;
  "Actual Loops": number;
  "Relation Name"?: string;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Plan[];
}

/** Rows that a statement takes from tables, those among them that it throws away. */
async function rowsReadBy(statement: SQL): Promise<number> {
  const [explained] = await run<{ "QUERY PLAN": [{ Plan: Plan }] }>(
    sql`explain (analyze, timing off, format json) ${statement}`,
  );
  const sum = (plan: Plan): number => {
    const own = plan["Relation Name"]
      ? plan["Actual Rows"] +
        (plan["Rows Removed by Filter"] ?? 0) +
        (plan["Rows Removed by Index Recheck"] ?? 0)
      : 0;
    return own * plan["Actual Loops"] + (plan.Plans ?? []).reduce((all, one) => all + sum(one), 0);
  };
  if (!explained) throw new Error("Nothing was explained.");
  return sum(explained["QUERY PLAN"][0].Plan);
}

describe.each(Object.entries(people))(
  "the timeline of a customer %s",
  (_title, { id, conversations, each }) => {
    test("is the same read page by page and at once", async () => {
      const all = await read(id, { limit: 10_000 });
      const paged: Rows = [];
      // to the end where that is near, else over the moments that several things share
      while (paged.length < Math.min(all.length, 400)) {
        const last = paged.at(-1);
        const after = last ? { at: new Date(last.at), id: last.place } : null;
        paged.push(...(await read(id, { after, limit: 7 })));
      }
      expect(paged.map(({ place }) => place)).toEqual(all.slice(0, paged.length).map(({ place }) => place));
      expect(new Set(all.map(({ place }) => place)).size).toBe(all.length);
      expect(await run(timelineCount({ tenantId }, id))).toEqual([{ n: all.length }]);
      const numbers = Array.from({ length: each }, (_, n) => n + 1);
      const shown = numbers.filter((n) => n % 7 !== 3 && n % 11 !== 5).length;
      expect(all.length).toBe(1 + 3 + conversations + Math.floor(conversations / 2) + conversations * shown);
    });

    test("costs a page, and one look into each conversation", async () => {
      const limit = 20;
      const talks = Math.min(limit, conversations);
      // the conversations themselves, their latest messages, more of those of the latest, and two dozens of each source
      const most = 2 * conversations + talks * Math.min(limit, each) + 8 * limit;
      const [middle] = await read(id, { offset: Math.floor(conversations / 2), limit: 1 });
      const after = middle ? { at: new Date(middle.at), id: middle.place } : null;
      expect(await rowsReadBy(pageFor(id, {}))).toBeLessThanOrEqual(most);
      expect(await rowsReadBy(pageFor(id, { after }))).toBeLessThanOrEqual(most);
    });

    test("is counted by its own rows", async () => {
      const most = 3 * conversations + conversations * each + 20;
      expect(await rowsReadBy(timelineCount({ tenantId }, id))).toBeLessThanOrEqual(most);
    });
  },
);
