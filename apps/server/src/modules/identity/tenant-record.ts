import { and, asc, count, eq, ilike, inArray, isNull } from "drizzle-orm";
import { asSystem, containing, type Db } from "../../platform/db/index.ts";
import { AppError, notFound } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { members, sessions, tenants, users } from "./identity.tables.ts";

export type TenantRow = typeof tenants.$inferSelect;
export type TenantStatus = TenantRow["status"];
/** What of a tenant can be changed. */
export type TenantChange = Partial<
  Pick<
    TenantRow,
    | "name"
    | "slug"
    | "logo"
    | "status"
    | "statusReason"
    | "language"
    | "timeZone"
    | "allowedDomains"
    | "settings"
  >
>;

/** A tenant, in a transaction whose role is lifted for it. With `lock`, of two that would change it the second waits. */
export async function findTenant(id: string, options: { lock?: boolean } = {}): Promise<TenantRow> {
  const [row] = await asSystem((tx) => {
    const query = tx.select().from(tenants).where(eq(tenants.id, id));
    return options.lock ? query.for("no key update") : query;
  });
  if (!row) throw notFound("The tenant");
  return row;
}

/** Changes a tenant that the caller has locked. Throws CONFLICT for a name in addresses that another has. */
export async function changeTenant(id: string, set: TenantChange): Promise<TenantRow> {
  const [row] = await asSystem((tx) =>
    tx.update(tenants).set(set).where(eq(tenants.id, id)).returning().catch(refuseTakenSlug),
  );
  if (!row) throw notFound("The tenant");
  return row;
}

/** Writes a new tenant with its owner. The id is chosen before, because the transaction runs as the tenant itself. */
export async function insertTenant(
  values: { id: string; name: string; slug: string; createdAt: Date } & TenantChange,
  ownerId: string,
): Promise<TenantRow> {
  return asSystem(async (tx) => {
    const [row] = await tx.insert(tenants).values(values).returning().catch(refuseTakenSlug);
    if (!row) throw new AppError("INTERNAL", "The tenant was not written.");
    const { id: organizationId, createdAt } = values;
    await tx
      .insert(members)
      .values({ id: newId(), organizationId, userId: ownerId, role: "owner", createdAt });
    return row;
  });
}

function refuseTakenSlug(error: unknown): never {
  const cause = error instanceof Error ? error.cause : null;
  if (typeof cause === "object" && cause !== null && "code" in cause && cause.code === "23505") {
    throw new AppError("CONFLICT", "Another workspace has this name in addresses. Choose another.");
  }
  throw error;
}

/** Whether a tenant works now; null where there is none. Named system query, asked for each request of a program or visitor. */
export async function tenantStatus(db: Db, id: string): Promise<TenantStatus | null> {
  const [row] = await db.system().select({ status: tenants.status }).from(tenants).where(eq(tenants.id, id));
  return row?.status ?? null;
}

/** The same of many at once; one that there is none of is absent. Named system query, asked for whoever stays connected. */
export async function tenantStatuses(db: Db, ids: readonly string[]): Promise<Map<string, TenantStatus>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .system()
    .select({ id: tenants.id, status: tenants.status })
    .from(tenants)
    .where(inArray(tenants.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, status }) => [id, status]));
}

/** The same in a transaction: the tenant stays as it is until that ends. */
export async function holdTenantStatus(id: string): Promise<TenantStatus | null> {
  const [row] = await asSystem((tx) =>
    tx.select({ status: tenants.status }).from(tenants).where(eq(tenants.id, id)).for("share"),
  );
  return row?.status ?? null;
}

/** Throws TENANT_SUSPENDED unless the tenant works. For visitors and programs, whom no membership is read for. */
export async function assertTenantWorks(db: Db, id: string): Promise<void> {
  if ((await tenantStatus(db, id)) === "active") return;
  throw tenantClosed();
}

/** What visitors and programs are told whose tenant does not work. */
export function tenantClosed(): AppError {
  return new AppError(
    "TENANT_SUSPENDED",
    "This workspace is closed for now. Nothing was lost; please come back later.",
  );
}

/** How many tenants someone owns; in a transaction, with their account locked, so that two at once count alike. */
export async function countOwnedTenants(userId: string): Promise<number> {
  return asSystem(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
    const [row] = await tx
      .select({ n: count() })
      .from(members)
      .where(and(eq(members.userId, userId), eq(members.role, "owner")));
    return row?.n ?? 0;
  });
}

/** The tenant's owners with their addresses and languages; in a transaction. */
export function ownersOf(
  tenantId: string,
): Promise<{ id: string; email: string; language: "en" | "fr" | "ar" | null }[]> {
  return asSystem((tx) =>
    tx
      .select({ id: users.id, email: users.email, language: users.language })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(eq(members.organizationId, tenantId), eq(members.role, "owner"), isNull(members.deactivatedAt)),
      )
      .orderBy(asc(users.id)),
  );
}

/**
 * Removes a tenant with all that hangs on it: members, invitations, names, what row-level security keeps for it, and
 * the sessions that work in it. People keep their accounts. Named system query.
 */
export async function removeTenant(db: Db, id: string): Promise<void> {
  await db.system().transaction(async (tx) => {
    await tx.delete(sessions).where(eq(sessions.activeOrganizationId, id));
    await tx.delete(tenants).where(eq(tenants.id, id));
  });
}

/** A page of the installation's tenants by name, with all that is said of each. Named system query: for its administrators. */
export async function searchTenantRows(
  db: Db,
  { page, pageSize, search }: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ rows: TenantRow[]; total: number }> {
  const where = search ? ilike(tenants.name, containing(search)) : undefined;
  const [totals] = await db.system().select({ n: count() }).from(tenants).where(where);
  const rows = await db
    .system()
    .select()
    .from(tenants)
    .where(where)
    .orderBy(asc(tenants.name), asc(tenants.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}
