import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { newId } from "../ids/index.ts";
import {
  asSystem,
  currentTransaction,
  type Db,
  outsideTransaction,
  statementAsSystem,
  type TenantTransaction,
} from "./index.ts";

let db: Db;
const [ada, eve] = [newId(), newId()];

beforeAll(async () => {
  db = await openTestDb();
  for (const [tenant, name] of [
    [ada, "Ada"],
    [eve, "Eve"],
  ]) {
    await db.system().execute(sql`insert into tenants (id, name, slug) values (${tenant}, ${name}, ${name})`);
  }
});
afterAll(() => db.close());

const add = (tx: TenantTransaction, tenant: string, name: string) =>
  tx.execute(sql`insert into customers (tenant_id, id, name) values (${tenant}, ${newId()}, ${name})`);
const names = async (tx: TenantTransaction) => {
  const { rows } = await tx.execute<{ name: string }>(sql`select name from customers order by name`);
  return rows.map(({ name }) => name);
};
const roleOf = async (tx: TenantTransaction) =>
  (await tx.execute(sql`select current_user as role`)).rows[0]?.role;

/** The code that PostgreSQL refused with; Drizzle wraps its error. */
async function refusal(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "accepted";
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (typeof cause === "object" && cause !== null && "code" in cause) return cause.code;
    throw error;
  }
}

test("a tenant reads and writes its own rows only", async () => {
  await db.withTenant(ada, (tx) => add(tx, ada, "of Ada"));
  await db.withTenant(eve, async (tx) => {
    await add(tx, eve, "of Eve");
    expect(await names(tx)).toEqual(["of Eve"]);
    expect(
      (await tx.execute(sql`update customers set name = 'stolen' where tenant_id = ${ada}`)).rowCount,
    ).toBe(0);
    expect((await tx.execute(sql`delete from customers where tenant_id = ${ada}`)).rowCount).toBe(0);
  });
  expect(await db.withTenant(ada, names)).toEqual(["of Ada"]);
});

test("a row of another tenant cannot be inserted, nor one's own moved there", async () => {
  expect(await refusal(db.withTenant(eve, (tx) => add(tx, ada, "planted")))).toBe("42501");
  const moved = db.withTenant(eve, (tx) => tx.execute(sql`update customers set tenant_id = ${ada}`));
  expect(await refusal(moved)).toBe("42501");
});

test("without a tenant there are no rows", async () => {
  const seen = await db.system().transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'parlance_app', true)`);
    return (await tx.execute(sql`select * from customers`)).rows;
  });
  expect(seen).toEqual([]);
});

test("the application role cannot reach a global table", async () => {
  expect(await refusal(db.withTenant(ada, (tx) => tx.execute(sql`select * from users`)))).toBe("42501");
});

test("a tenant that is no UUID is an error, not everybody", async () => {
  expect(await refusal(db.withTenant("everybody", names))).toBe("22P02");
  expect(await db.withTenant("", names)).toEqual([]);
});

test("a transaction that the database gave up is an error, also where nobody passed its error on", async () => {
  const swallowed = db.withTenant(ada, async (tx) => {
    await add(tx, ada, "acknowledged");
    await tx.execute(sql`select 1 / 0`).catch(() => {});
  });
  await expect(swallowed).rejects.toThrow("was rolled back");
  expect(await db.withTenant(ada, names)).not.toContain("acknowledged");
});

test("role and tenant end with the transaction", async () => {
  await db.withTenant(ada, names);
  const { rows } = await db
    .system()
    .execute(sql`select current_user as role, current_setting('app.tenant_id', true) as tenant`);
  expect(rows[0]?.role).not.toBe("parlance_app");
  expect(rows[0]?.tenant ?? "").toBe("");
});

test("a second transaction inside one is refused, of whatever tenant", async () => {
  for (const tenant of [ada, eve]) {
    await db.withTenant(ada, async () => {
      await expect(db.withTenant(tenant, names)).rejects.toThrow("A transaction is open already");
    });
  }
});

test("the system's database is refused inside a tenant's transaction", async () => {
  await db.withTenant(ada, async (tx) => {
    expect(() => db.system()).toThrow("inside a tenant's transaction");
    await asSystem(async () => {
      expect(() => db.system()).toThrow("inside a tenant's transaction");
    });
    expect(currentTransaction()).toBe(tx);
    outsideTransaction(() => expect(currentTransaction()).toBeUndefined());
  });
  expect(currentTransaction()).toBeUndefined();
});

test("asSystem reaches global tables and gives the role back", async () => {
  await db.withTenant(ada, async (tx) => {
    const count = await asSystem(async (system) => {
      // nested, as when an enqueue inside it asks for the same
      const { rows } = await asSystem((again) =>
        again.execute(sql`select count(*)::int as count from tenants`),
      );
      expect(await roleOf(system)).not.toBe("parlance_app");
      return rows[0]?.count;
    });
    expect(count).toBe(2);
    expect(await roleOf(tx)).toBe("parlance_app");
  });
  await expect(asSystem(async () => {})).rejects.toThrow("needs an open transaction");
});

test("asSystem gives the role back after an error that the transaction survives", async () => {
  await db.withTenant(ada, async (tx) => {
    await expect(
      asSystem(async () => {
        throw new Error("not a statement's");
      }),
    ).rejects.toThrow("not a statement's");
    expect(await roleOf(tx)).toBe("parlance_app");
    expect(await names(tx)).toEqual(["of Ada"]);
  });
});

test("one statement as the system takes its texts as they are and gives the role back", async () => {
  const text = "it's \\ $1; select 'none'";
  await db.withTenant(ada, async (tx) => {
    const rows = await statementAsSystem("select current_user as role, $1 as text, $2::text as nothing", [
      text,
      null,
    ]);
    expect(rows).toEqual([{ role: expect.not.stringMatching("parlance_app"), text, nothing: null }]);
    expect(await roleOf(tx)).toBe("parlance_app");
    expect(await asSystem(() => statementAsSystem("select $1 as text", [text]))).toEqual([{ text }]);
    expect(await roleOf(tx)).toBe("parlance_app");
  });
  const failed = db.withTenant(ada, async (tx) => {
    await statementAsSystem("select 1 / 0", []).catch(() => {});
    return names(tx);
  });
  expect(await refusal(failed)).toBe("25P02");
  expect(await db.withTenant(ada, roleOf)).toBe("parlance_app");
});

test("after a failed statement in asSystem nothing more runs as the system", async () => {
  const work = db.withTenant(ada, async (tx) => {
    await asSystem((system) => system.execute(sql`select 1 / 0`)).catch(() => {});
    return names(tx);
  });
  expect(await refusal(work)).toBe("25P02");
  expect(await db.withTenant(ada, roleOf)).toBe("parlance_app");
});

test("a savepoint around a failed asSystem takes the role back", async () => {
  await db.withTenant(ada, async (tx) => {
    const inner = tx.transaction(() => asSystem((system) => system.execute(sql`select 1 / 0`)));
    expect(await refusal(inner)).toBe("22012");
    expect(await roleOf(tx)).toBe("parlance_app");
    expect(await names(tx)).toEqual(["of Ada"]);
  });
});

test("500 interleaved transactions of two tenants, a fifth aborted: none sees the other's", async () => {
  const before = { [ada]: await db.withTenant(ada, names), [eve]: await db.withTenant(eve, names) };
  const expected: Record<string, string[]> = {
    [ada]: [...(before[ada] ?? [])],
    [eve]: [...(before[eve] ?? [])],
  };
  const abort = new Error("aborted on purpose");
  await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const tenant = index % 2 === 0 ? ada : eve;
      const name = `${tenant} ${index}`;
      if (index % 5 !== 0) expected[tenant]?.push(name);
      const work = db.withTenant(tenant, async (tx) => {
        await add(tx, tenant, name);
        if (index % 7 === 0) await asSystem((system) => system.execute(sql`select count(*) from tenants`));
        const { rows } = await tx.execute(sql`select distinct tenant_id from customers`);
        expect(rows).toEqual([{ tenant_id: tenant }]);
        if (index % 5 === 0) throw abort;
      });
      await work.catch((error: unknown) => {
        if (error !== abort) throw error;
      });
    }),
  );
  for (const tenant of [ada, eve])
    expect(await db.withTenant(tenant, names)).toEqual(expected[tenant]?.sort());
});
