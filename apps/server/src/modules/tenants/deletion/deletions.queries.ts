import { and, count, desc, eq, inArray, isNotNull, isNull, lt, lte, or } from "drizzle-orm";
import { asSystem, type Db } from "../../../platform/db/index.ts";
import { tenantDeletions } from "../tenants.tables.ts";

/* Deletions outlive their tenants, so that each of these is a named system query. */

export type DeletionRow = typeof tenantDeletions.$inferSelect;

/** The deletion that is under way for a tenant; null where there is none. */
export async function openDeletionOf(db: Db, tenantId: string): Promise<DeletionRow | null> {
  const [row] = await db.system().select().from(tenantDeletions).where(isOpenFor(tenantId));
  return row ?? null;
}

function isOpenFor(tenantId: string) {
  return and(eq(tenantDeletions.tenant, tenantId), inArray(tenantDeletions.status, ["waiting", "running"]));
}

/** Writes a deletion, in the transaction that stops its tenant. */
export async function insertDeletion(values: typeof tenantDeletions.$inferInsert): Promise<void> {
  await asSystem((tx) => tx.insert(tenantDeletions).values(values));
}

/** Cancels the deletion that waits for a tenant, in the transaction that reopens it; null where none waits. */
export async function cancelWaiting(tenantId: string, at: Date): Promise<DeletionRow | null> {
  const [row] = await asSystem((tx) =>
    tx
      .update(tenantDeletions)
      .set({ status: "cancelled", settledAt: at })
      .where(and(eq(tenantDeletions.tenant, tenantId), eq(tenantDeletions.status, "waiting")))
      .returning(),
  );
  return row ?? null;
}

export async function findDeletion(db: Db, id: string): Promise<DeletionRow | null> {
  const [row] = await db.system().select().from(tenantDeletions).where(eq(tenantDeletions.id, id));
  return row ?? null;
}

/** Deletions with something left to do: due, broken off, or with a certificate that was not sent. */
export async function dueDeletions(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .system()
    .select({ id: tenantDeletions.id })
    .from(tenantDeletions)
    .where(
      or(
        and(eq(tenantDeletions.status, "waiting"), lte(tenantDeletions.dueAt, now)),
        eq(tenantDeletions.status, "running"),
        and(eq(tenantDeletions.status, "done"), isNotNull(tenantDeletions.recipients)),
      ),
    )
    .limit(100);
  return rows.map((row) => row.id);
}

/**
 * Takes a due deletion for one worker; null when it was cancelled or settled, or another has it. What there was is
 * kept from the first time: a second try finds less.
 */
export async function takeDeletion(
  db: Db,
  id: string,
  { now, until }: { now: Date; until: Date },
): Promise<DeletionRow | null> {
  const [row] = await db
    .system()
    .update(tenantDeletions)
    .set({ status: "running", leasedUntil: until })
    .where(
      and(
        eq(tenantDeletions.id, id),
        lte(tenantDeletions.dueAt, now),
        inArray(tenantDeletions.status, ["waiting", "running"]),
        or(isNull(tenantDeletions.leasedUntil), lt(tenantDeletions.leasedUntil, now)),
      ),
    )
    .returning();
  return row ?? null;
}

/** Changes a running deletion; gives whether it was still running. */
export async function changeRunning(
  db: Db,
  id: string,
  set: Partial<typeof tenantDeletions.$inferInsert>,
): Promise<boolean> {
  const rows = await db
    .system()
    .update(tenantDeletions)
    .set(set)
    .where(and(eq(tenantDeletions.id, id), eq(tenantDeletions.status, "running")))
    .returning({ id: tenantDeletions.id });
  return rows.length > 0;
}

/** Takes a tenant's id out of every deletion that names it, cancelled ones too. */
export async function unnameTenant(db: Db, tenantId: string): Promise<void> {
  await db
    .system()
    .update(tenantDeletions)
    .set({ tenant: null, requestedBy: null })
    .where(eq(tenantDeletions.tenant, tenantId));
}

/** The certificate went out, or nobody could be reached: no address is kept. */
export async function forgetRecipients(db: Db, id: string): Promise<void> {
  await db.system().update(tenantDeletions).set({ recipients: null }).where(eq(tenantDeletions.id, id));
}

/** A page of all deletions, the newest first. */
export async function pageOfDeletions(
  db: Db,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: DeletionRow[]; total: number }> {
  const [totals] = await db.system().select({ n: count() }).from(tenantDeletions);
  const rows = await db
    .system()
    .select()
    .from(tenantDeletions)
    .orderBy(desc(tenantDeletions.requestedAt), desc(tenantDeletions.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}
