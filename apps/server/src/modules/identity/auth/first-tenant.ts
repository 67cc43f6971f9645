import { APIError } from "better-auth/api";
import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { members, tenants, users } from "../identity.tables.ts";

/**
 * The tenant in which a session begins: the one that someone belongs to longest, or a new one of their own. Throws
 * for somebody who was deactivated wherever they were, where nobody makes a tenant by themselves.
 */
export async function startingTenant(
  db: Db,
  userId: string,
  signUp: "open" | "closed" = "open",
): Promise<string> {
  const first = await firstTenantOf(db, userId);
  if (first) return first;
  if (signUp === "closed" && (await db.system().$count(members, eq(members.userId, userId))) > 0) {
    throw new APIError("FORBIDDEN", {
      code: "MEMBERSHIP_ENDED",
      message: "Your membership was ended. Ask whoever manages the members of your workspace.",
    });
  }
  return createOwnTenant(db, userId);
}

/** Signing up makes a tenant of one's own, so that there is a place to work at once. */
async function createOwnTenant(db: Db, userId: string): Promise<string> {
  const tenantId = newId();
  await db.system().transaction(async (tx) => {
    const [user] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, userId));
    const name = user?.name.trim() || user?.email.split("@")[0] || "My workspace";
    await tx.insert(tenants).values({ id: tenantId, name, slug: tenantId });
    await tx.insert(members).values({ id: newId(), organizationId: tenantId, userId, role: "owner" });
  });
  return tenantId;
}

async function firstTenantOf(db: Db, userId: string): Promise<string | null> {
  const [member] = await db
    .system()
    .select({ tenantId: members.organizationId })
    .from(members)
    .where(and(eq(members.userId, userId), isNull(members.deactivatedAt)))
    .orderBy(asc(members.createdAt))
    .limit(1);
  return member?.tenantId ?? null;
}
