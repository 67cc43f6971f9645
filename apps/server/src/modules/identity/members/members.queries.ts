import { and, asc, count, desc, eq, ilike, inArray, isNotNull, isNull, ne, or, type SQL } from "drizzle-orm";
import { asSystem, containing } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { accounts, members, sessions, users } from "../identity.tables.ts";

/*
 * Members of the context's tenant. Accounts and memberships are global tables, so that each statement lifts the role
 * and names the tenant itself.
 */

export interface MemberRow {
  userId: string;
  email: string;
  emailVerified: boolean;
  name: string;
  image: string | null;
  /** That they read; null: as the tenant's, or as the browser says. */
  language: "en" | "fr" | "ar" | null;
  /** Of the account, whatever tenant it works in: `SUSPENDED` by the installation's administrators. */
  accountStatus: "ACTIVE" | "PENDING_VERIFICATION" | "SUSPENDED";
  platformRole: "USER" | "ADMIN";
  lastLoginAt: Date | null;
  role: string;
  skills: string[];
  deactivatedAt: Date | null;
  joinedAt: Date;
}

const columns = {
  userId: users.id,
  email: users.email,
  emailVerified: users.emailVerified,
  name: users.name,
  image: users.image,
  language: users.language,
  accountStatus: users.status,
  platformRole: users.platformRole,
  lastLoginAt: users.lastLoginAt,
  role: members.role,
  skills: members.skills,
  deactivatedAt: members.deactivatedAt,
  joinedAt: members.createdAt,
};

export const memberStatuses = ["active", "deactivated", "suspended"] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** Deactivated is here, by a colleague; suspended everywhere, by the installation's administrators. */
export function statusOfMember(row: Pick<MemberRow, "deactivatedAt" | "accountStatus">): MemberStatus {
  if (row.deactivatedAt) return "deactivated";
  return row.accountStatus === "SUSPENDED" ? "suspended" : "active";
}

const statusIs: Record<MemberStatus, SQL | undefined> = {
  active: and(isNull(members.deactivatedAt), ne(users.status, "SUSPENDED")),
  deactivated: isNotNull(members.deactivatedAt),
  suspended: and(isNull(members.deactivatedAt), eq(users.status, "SUSPENDED")),
};

export interface MemberFilter {
  limit: number;
  offset: number;
  search?: string | undefined;
  /** Any of these roles. */
  roles?: readonly string[] | undefined;
  status?: MemberStatus | undefined;
  /** Only these people: who is in a team, say. */
  userIds?: readonly string[] | undefined;
  /** By name, unless those who joined last come first. */
  order?: "name" | "newest" | undefined;
}

export async function searchMembers(
  ctx: TxCtx,
  filter: MemberFilter,
): Promise<{ rows: MemberRow[]; total: number }> {
  const pattern = filter.search && containing(filter.search);
  const where = and(
    eq(members.organizationId, ctx.tenantId),
    pattern ? or(ilike(users.name, pattern), ilike(users.email, pattern)) : undefined,
    filter.roles ? inArray(members.role, [...filter.roles]) : undefined,
    filter.status ? statusIs[filter.status] : undefined,
    filter.userIds ? inArray(members.userId, [...filter.userIds]) : undefined,
  );
  const order =
    filter.order === "newest" ? [desc(members.createdAt), desc(users.id)] : [asc(users.name), asc(users.id)];
  return asSystem(async (tx) => {
    const [totals] = await tx
      .select({ n: count() })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(where);
    const rows = await tx
      .select(columns)
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(where)
      .orderBy(...order)
      .limit(filter.limit)
      .offset(filter.offset);
    return { rows, total: totals?.n ?? 0 };
  });
}

/** A member, also one who is deactivated; throws NOT_FOUND. */
export async function findMember(ctx: TxCtx, userId: string): Promise<MemberRow> {
  const [row] = await asSystem((tx) =>
    tx
      .select(columns)
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, ctx.tenantId), eq(members.userId, userId))),
  );
  if (!row) throw notFound("The user");
  return row;
}

/** The member with this address, or null. */
export async function memberWithEmail(ctx: TxCtx, email: string): Promise<MemberRow | null> {
  const [row] = await asSystem((tx) =>
    tx
      .select(columns)
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, ctx.tenantId), eq(users.email, email))),
  );
  return row ?? null;
}

/** All owners and admins, whatever their state. */
export function adminsOf(ctx: TxCtx): Promise<MemberRow[]> {
  return adminsAnd(ctx, []);
}

/**
 * These members and all owners and admins, locked until the transaction ends and in an order in which all lock them:
 * of two who would each remove the other, the second sees what the first did.
 */
export function lockMembers(ctx: TxCtx, userIds: readonly string[]): Promise<MemberRow[]> {
  return adminsAnd(ctx, userIds, { lock: true });
}

function adminsAnd(
  ctx: TxCtx,
  userIds: readonly string[],
  options: { lock?: boolean } = {},
): Promise<MemberRow[]> {
  return asSystem((tx) => {
    const query = tx
      .select(columns)
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          eq(members.organizationId, ctx.tenantId),
          or(inArray(members.role, ["owner", "admin"]), inArray(members.userId, [...userIds])),
        ),
      )
      .orderBy(asc(members.userId));
    return options.lock ? query.for("no key update", { of: members }) : query;
  });
}

/** Changes a membership that the caller has locked. */
export async function changeMember(
  ctx: TxCtx,
  userId: string,
  set: Partial<Pick<MemberRow, "role" | "skills" | "deactivatedAt">>,
): Promise<void> {
  await asSystem((tx) =>
    tx
      .update(members)
      .set(set)
      .where(and(eq(members.organizationId, ctx.tenantId), eq(members.userId, userId))),
  );
}

/** Makes somebody a member. False when they are one already: they stay as they are. */
export async function addMember(
  ctx: TxCtx,
  { userId, role, skills }: { userId: string; role: string; skills: string[] },
): Promise<boolean> {
  const added = await asSystem((tx) =>
    tx
      .insert(members)
      .values({
        id: newId(),
        organizationId: ctx.tenantId,
        userId,
        role,
        skills,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: members.id }),
  );
  return added.length > 0;
}

/**
 * Makes the account of somebody who was invited, in the transaction that makes them a member: both or neither. Null
 * where the address has one by now. It never makes an administrator of the installation: a link proves less than that.
 */
export async function insertAccount(
  ctx: TxCtx,
  account: { name: string; email: string; passwordHash: string; emailVerified: boolean },
): Promise<{ userId: string } | null> {
  const { passwordHash, ...person } = account;
  const userId = newId();
  const at = { createdAt: ctx.now(), updatedAt: ctx.now() };
  return asSystem(async (tx) => {
    const made = await tx
      .insert(users)
      .values({ id: userId, ...person, ...at })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (made.length === 0) return null;
    await tx.insert(accounts).values({
      id: newId(),
      userId,
      providerId: "credential",
      accountId: userId,
      password: passwordHash,
      ...at,
    });
    return { userId };
  });
}

/** Everybody with this role gets another; gives who they are. */
export async function moveMembers(ctx: TxCtx, from: string, to: string): Promise<string[]> {
  const moved = await asSystem((tx) =>
    tx
      .update(members)
      .set({ role: to })
      .where(and(eq(members.organizationId, ctx.tenantId), eq(members.role, from)))
      .returning({ userId: members.userId }),
  );
  return moved.map(({ userId }) => userId);
}

/** How many members each role has, deactivated ones too: they come back with it. */
export async function countByRole(ctx: TxCtx): Promise<Map<string, number>> {
  const rows = await asSystem((tx) =>
    tx
      .select({ role: members.role, n: count() })
      .from(members)
      .where(eq(members.organizationId, ctx.tenantId))
      .groupBy(members.role),
  );
  return new Map(rows.map(({ role, n }) => [role, n]));
}

/** Which of these people belong to other tenants too: what is theirs as a whole is nobody's business here. */
export async function membersElsewhere(ctx: TxCtx, userIds: readonly string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const rows = await asSystem((tx) =>
    tx
      .selectDistinct({ userId: members.userId })
      .from(members)
      .where(and(ne(members.organizationId, ctx.tenantId), inArray(members.userId, [...userIds]))),
  );
  return new Set(rows.map(({ userId }) => userId));
}

/** Signs someone out of this tenant, wherever they are signed in to it. */
export async function endSessionsHere(ctx: TxCtx, userId: string): Promise<void> {
  await asSystem((tx) =>
    tx
      .delete(sessions)
      .where(and(eq(sessions.userId, userId), eq(sessions.activeOrganizationId, ctx.tenantId))),
  );
}
