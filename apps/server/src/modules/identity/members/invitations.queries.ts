import { and, count, desc, eq, gt, ilike, isNotNull, type SQL, sql } from "drizzle-orm";
import { asSystem, containing, type Db } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { invitations, tenants, users } from "../identity.tables.ts";

export type InvitationRow = typeof invitations.$inferSelect;

/** Open to be accepted, or to be sent again once they have expired. */
function pendingOf(ctx: TxCtx): SQL | undefined {
  return and(
    eq(invitations.organizationId, ctx.tenantId),
    eq(invitations.status, "pending"),
    isNotNull(invitations.tokenHash),
  );
}

export interface InvitationFilter {
  page: number;
  pageSize: number;
  search?: string | undefined;
}

/** Newest first. */
export async function searchInvitations(
  ctx: TxCtx,
  filter: InvitationFilter,
): Promise<{ rows: InvitationRow[]; total: number }> {
  const where = and(
    pendingOf(ctx),
    filter.search ? ilike(invitations.email, containing(filter.search)) : undefined,
  );
  return asSystem(async (tx) => {
    const [totals] = await tx.select({ n: count() }).from(invitations).where(where);
    const rows = await tx
      .select()
      .from(invitations)
      .where(where)
      .orderBy(desc(invitations.createdAt), desc(invitations.id))
      .limit(filter.pageSize)
      .offset((filter.page - 1) * filter.pageSize);
    return { rows, total: totals?.n ?? 0 };
  });
}

export async function countInvitations(ctx: TxCtx, role?: string): Promise<number> {
  const where = and(pendingOf(ctx), role ? eq(invitations.role, role) : undefined);
  const [totals] = await asSystem((tx) => tx.select({ n: count() }).from(invitations).where(where));
  return totals?.n ?? 0;
}

/** A pending invitation of the tenant, locked; throws NOT_FOUND. */
export async function findInvitation(ctx: TxCtx, id: string): Promise<InvitationRow> {
  const [row] = await asSystem((tx) =>
    tx
      .select()
      .from(invitations)
      .where(and(pendingOf(ctx), eq(invitations.id, id)))
      .for("update"),
  );
  if (!row) throw notFound("The invitation");
  return row;
}

/** The tenant's pending invitation of an address, locked; null without one. */
export async function invitationOf(ctx: TxCtx, email: string): Promise<InvitationRow | null> {
  const [row] = await asSystem((tx) =>
    tx
      .select()
      .from(invitations)
      .where(and(pendingOf(ctx), eq(invitations.email, email)))
      .for("update"),
  );
  return row ?? null;
}

/** Invites an address. A pending invitation of it is renewed: its old link opens nothing any more. */
export async function putInvitation(
  ctx: TxCtx,
  invitation: Omit<typeof invitations.$inferInsert, "organizationId" | "status">,
): Promise<InvitationRow> {
  const { id: _id, email: _email, createdAt: _createdAt, ...renewed } = invitation;
  const [row] = await asSystem((tx) =>
    tx
      .insert(invitations)
      .values({ ...invitation, organizationId: ctx.tenantId })
      .onConflictDoUpdate({
        target: [invitations.organizationId, invitations.email],
        targetWhere: sql`status = 'pending' and token_hash is not null`,
        set: renewed,
      })
      .returning(),
  );
  if (!row) throw notFound("The invitation");
  return row;
}

/** Changes an invitation that the caller has locked. */
export async function changeInvitation(
  ctx: TxCtx,
  id: string,
  set: Partial<Omit<InvitationRow, "id" | "organizationId" | "email">>,
): Promise<InvitationRow> {
  const [row] = await asSystem((tx) =>
    tx
      .update(invitations)
      .set(set)
      .where(and(eq(invitations.organizationId, ctx.tenantId), eq(invitations.id, id)))
      .returning(),
  );
  if (!row) throw notFound("The invitation");
  return row;
}

/** Pending invitations into one role give another. */
export async function moveInvitations(ctx: TxCtx, from: string, to: string): Promise<void> {
  await asSystem((tx) =>
    tx
      .update(invitations)
      .set({ role: to })
      .where(and(pendingOf(ctx), eq(invitations.role, from))),
  );
}

/** What an invitation is seen by from outside its tenant. */
export interface OpenInvitation extends InvitationRow {
  tenant: { id: string; name: string; status: "active" | "suspended" | "deleting" };
  inviter: { name: string };
  /** Whether its address has an account. */
  hasAccount: boolean;
}

/** The pending, unexpired invitation that a token opens; null for any other. Named system query: it tells the tenant. */
export async function invitationByToken(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<OpenInvitation | null> {
  const [row] = await db
    .system()
    .select({
      invitation: invitations,
      tenant: { id: tenants.id, name: tenants.name, status: tenants.status },
      inviter: { name: users.name },
    })
    .from(invitations)
    .innerJoin(tenants, eq(tenants.id, invitations.organizationId))
    .innerJoin(users, eq(users.id, invitations.inviterId))
    .where(
      and(
        eq(invitations.tokenHash, tokenHash),
        eq(invitations.status, "pending"),
        gt(invitations.expiresAt, now),
      ),
    );
  if (!row) return null;
  const { invitation, tenant, inviter } = row;
  const accounts = await db.system().$count(users, eq(users.email, invitation.email));
  return { ...invitation, tenant, inviter, hasAccount: accounts > 0 };
}
