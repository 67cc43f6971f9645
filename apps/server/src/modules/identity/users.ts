import { and, asc, count, desc, eq, ilike, inArray, or } from "drizzle-orm";
import type { z } from "zod";
import { asSystem, containing, type Db } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { userSchema } from "./identity.schema.ts";
import { members, users } from "./identity.tables.ts";

export type User = z.infer<typeof userSchema>;
export type UserRow = typeof users.$inferSelect;

/** An account in the shape of seed 001, section 2.1. The plan is its tenant's. */
export function toUser(row: UserRow, planId: string | null): User {
  const { platformRole, ...rest } = row;
  return { ...rest, role: platformRole, authProvider: "email", planId };
}

/** An account, in a tenant's transaction; throws NOT_FOUND. Accounts are global, so that the role is lifted. */
export async function findUser(id: string, options: { lock?: boolean } = {}): Promise<UserRow> {
  const [user] = await asSystem((tx) => {
    const query = tx.select().from(users).where(eq(users.id, id));
    return options.lock ? query.for("no key update") : query;
  });
  if (!user) throw notFound("The user");
  return user;
}

/** Changes an account that the caller has locked. */
export async function changeUser(
  id: string,
  set: Partial<Pick<UserRow, "name" | "image" | "platformRole" | "status">> & { updatedAt: Date },
): Promise<UserRow> {
  const [user] = await asSystem((tx) => tx.update(users).set(set).where(eq(users.id, id)).returning());
  if (!user) throw notFound("The user");
  return user;
}

export interface UserFilter {
  page: number;
  pageSize: number;
  search?: string | undefined;
  role?: UserRow["platformRole"] | undefined;
  status?: UserRow["status"] | undefined;
}

/** Accounts of the whole installation, newest first. Named system query: for its administrators. */
export async function searchUsers(db: Db, filter: UserFilter): Promise<{ rows: UserRow[]; total: number }> {
  const pattern = filter.search && containing(filter.search);
  const where = and(
    pattern ? or(ilike(users.name, pattern), ilike(users.email, pattern)) : undefined,
    filter.role ? eq(users.platformRole, filter.role) : undefined,
    filter.status ? eq(users.status, filter.status) : undefined,
  );
  const [totals] = await db.system().select({ n: count() }).from(users).where(where);
  const rows = await db
    .system()
    .select()
    .from(users)
    .where(where)
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** The tenant in which each user works first. Named system query: for the administrators' lists. */
export async function firstTenantsOf(db: Db, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await db
    .system()
    .select({ userId: members.userId, tenantId: members.organizationId })
    .from(members)
    .where(inArray(members.userId, userIds))
    .orderBy(asc(members.createdAt));
  return new Map(rows.toReversed().map((row) => [row.userId, row.tenantId]));
}

/** An account by its address, whatever its case; null where there is none. Named system query. */
export async function findUserByEmail(db: Db, email: string): Promise<UserRow | null> {
  const [user] = await db.system().select().from(users).where(eq(users.email, email.toLowerCase()));
  return user ?? null;
}

/** What is known of an account that was just made. Named system query. */
export async function changeAccount(
  db: Db,
  id: string,
  set: Partial<Pick<UserRow, "language" | "status">>,
): Promise<void> {
  await db.system().update(users).set(set).where(eq(users.id, id));
}

/** Notes that the address was shown to be the person's; in a transaction. */
export async function confirmAddress(id: string, at: Date): Promise<void> {
  await asSystem(async (tx) => {
    await tx.update(users).set({ emailVerified: true, updatedAt: at }).where(eq(users.id, id));
    await tx
      .update(users)
      .set({ status: "ACTIVE" })
      .where(and(eq(users.id, id), eq(users.status, "PENDING_VERIFICATION")));
  });
}
