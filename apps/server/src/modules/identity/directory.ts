import { and, eq } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { tenantDirectory } from "./identity.tables.ts";

type Kind = "widget" | "bot";

/** Makes a public name known, in the transaction that creates what it names. */
export async function publishName(ctx: TxCtx, kind: Kind, key: string): Promise<void> {
  await asSystem((tx) => tx.insert(tenantDirectory).values({ kind, key, tenant: ctx.tenantId }));
}

export async function withdrawName(ctx: TxCtx, kind: Kind, key: string): Promise<void> {
  await asSystem((tx) =>
    tx
      .delete(tenantDirectory)
      .where(
        and(
          eq(tenantDirectory.kind, kind),
          eq(tenantDirectory.key, key),
          eq(tenantDirectory.tenant, ctx.tenantId),
        ),
      ),
  );
}

/** Which tenant a public name belongs to; null when nobody has it. Named system query. */
export async function tenantOfName(db: Db, kind: Kind, key: string): Promise<string | null> {
  const [row] = await db
    .system()
    .select({ tenant: tenantDirectory.tenant })
    .from(tenantDirectory)
    .where(and(eq(tenantDirectory.kind, kind), eq(tenantDirectory.key, key)));
  return row?.tenant ?? null;
}
