import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "../db/index.ts";
import { newId } from "../ids/index.ts";
import { inTx } from "./index.ts";

let db: Db;
beforeAll(async () => {
  db = await openTestDb();
});
afterAll(() => db.close());

test("a verb's work runs in one transaction of its tenant, which inner verbs join", async () => {
  const outer = { db, tenantId: newId(), note: "kept" };
  await inTx(outer, async (ctx) => {
    expect(ctx).toMatchObject({ tenantId: outer.tenantId, note: "kept" });
    const { rows } = await ctx.tx.execute(sql`select current_setting('app.tenant_id') as tenant`);
    expect(rows).toEqual([{ tenant: outer.tenantId }]);
    await inTx(ctx, async (inner) => expect(inner.tx).toBe(ctx.tx));
  });
});

test("an error takes back what was written, whichever verb it came from", async () => {
  const tenantId = newId();
  const count = () =>
    db.withTenant(tenantId, (tx) => tx.execute(sql`select count(*)::int as count from customers`));
  await db
    .system()
    .execute(sql`insert into tenants (id, name, slug) values (${tenantId}, 'Ada', ${tenantId})`);
  const work = inTx({ db, tenantId }, async (ctx) => {
    await ctx.tx.execute(sql`insert into customers (tenant_id, id) values (${tenantId}, ${newId()})`);
    await inTx(ctx, async () => {
      throw new Error("an inner verb's");
    });
  });
  await expect(work).rejects.toThrow("an inner verb's");
  expect((await count()).rows).toEqual([{ count: 0 }]);
});

test("the outer context inside a transaction is an error and not a wait", async () => {
  const outer = { db, tenantId: newId() };
  await inTx(outer, async () => {
    await expect(inTx(outer, async () => {})).rejects.toThrow("A transaction is open already");
  });
});
