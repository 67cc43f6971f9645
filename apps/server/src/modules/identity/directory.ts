import { and, eq } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { tenantDirectory } from "./identity.tables.ts";

type Kind = typeof tenantDirectory.$inferSelect.kind;

/** Makes a public name known, in the transaction that creates what it names. One of a bot's goes with the bot. */
export async function publishName(
  ctx: TxCtx,
  kind: Kind,
  key: string,
  of: { botId?: string | null } = {},
): Promise<void> {
  await asSystem((tx) =>
    tx.insert(tenantDirectory).values({ kind, key, tenant: ctx.tenantId, bot: of.botId ?? null }),
  );
}

/** Takes a public name of which there is one; false when another tenant has it. Having it already is fine. */
export async function claimName(ctx: TxCtx, kind: Kind, key: string): Promise<boolean> {
  return asSystem(async (tx) => {
    await tx.insert(tenantDirectory).values({ kind, key, tenant: ctx.tenantId }).onConflictDoNothing();
    const [owner] = await tx
      .select({ tenant: tenantDirectory.tenant })
      .from(tenantDirectory)
      .where(and(eq(tenantDirectory.kind, kind), eq(tenantDirectory.key, key)));
    return owner?.tenant === ctx.tenantId;
  });
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

/** Withdraws every name that was published for a bot: its address, its widget's id, the keys bound to it. */
export async function withdrawNamesOfBot(ctx: TxCtx, botId: string): Promise<void> {
  await asSystem((tx) =>
    tx
      .delete(tenantDirectory)
      .where(and(eq(tenantDirectory.tenant, ctx.tenantId), eq(tenantDirectory.bot, botId))),
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
