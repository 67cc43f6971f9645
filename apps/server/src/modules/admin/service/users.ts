import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertPlatformAdmin,
  changeUser,
  endSessions,
  findUser,
  firstTenantsOf,
  lockPlatformAdmins,
  recordAudit,
  searchUsers,
  toUser,
  type User,
  type UserFilter,
} from "../../identity/index.ts";
import { planOf } from "../../plans/index.ts";
import { inTenant } from "./in-tenant.ts";

/** Accounts of the whole installation, newest first, each with the plan of the tenant it works in first. */
export async function listUsers(ctx: Ctx, filter: UserFilter): Promise<{ items: User[]; total: number }> {
  assertPlatformAdmin(ctx.actor);
  const { rows, total } = await searchUsers(ctx.db, filter);
  const tenantOf = await firstTenantsOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  const planIds = new Map<string, string>();
  for (const tenantId of new Set(tenantOf.values())) {
    planIds.set(tenantId, (await inTenant(ctx, tenantId, planOf)).id);
  }
  const items = rows.map((row) => toUser(row, planIds.get(tenantOf.get(row.id) ?? "") ?? null));
  return { items, total };
}

/** Makes a user an administrator of the installation, or no longer. Throws CONFLICT for the last one. */
export function updateUserRole(
  ctx: Ctx,
  { userId, role }: { userId: string; role: "USER" | "ADMIN" },
): Promise<User> {
  return changeUnderLock(ctx, userId, "user.role_changed", { platformRole: role });
}

/** Suspends a user, whose sessions end at once, or lets them in again. Throws CONFLICT for the last administrator. */
export function updateUserStatus(
  ctx: Ctx,
  { userId, status }: { userId: string; status: "ACTIVE" | "SUSPENDED" },
): Promise<User> {
  return changeUnderLock(ctx, userId, "user.status_changed", { status });
}

/**
 * The change with every administrator locked: there is always one left who may sign in, and who was demoted a
 * moment ago changes nothing any more.
 */
async function changeUnderLock(
  ctx: Ctx,
  userId: string,
  action: string,
  change: { platformRole: "USER" | "ADMIN" } | { status: "ACTIVE" | "SUSPENDED" },
): Promise<User> {
  assertPlatformAdmin(ctx.actor);
  return inTx(ctx, async (ctx) => {
    const admins = await lockPlatformAdmins();
    const active = admins.filter((admin) => admin.status !== "SUSPENDED").map((admin) => admin.id);
    assertStillAdmin(ctx, active);
    const before = await findUser(userId, { lock: true });
    const after = { ...before, ...change };
    const remains = after.platformRole === "ADMIN" && after.status !== "SUSPENDED";
    if (!remains && active.every((id) => id === userId)) {
      throw new AppError(
        "CONFLICT",
        "This is the only administrator. Make somebody else an administrator first.",
      );
    }
    const row = await changeUser(userId, { ...change, updatedAt: ctx.now() });
    if (row.status === "SUSPENDED") await endSessions(userId);
    await recordAudit(ctx, {
      action,
      subjectType: "user",
      subjectId: userId,
      before: { role: before.platformRole, status: before.status },
      after: { role: row.platformRole, status: row.status },
    });
    return row;
  }).then(async (row) => {
    const tenantId = (await firstTenantsOf(ctx.db, [userId])).get(userId);
    return toUser(row, tenantId ? (await inTenant(ctx, tenantId, planOf)).id : null);
  });
}

function assertStillAdmin(ctx: TxCtx, active: string[]): void {
  if (ctx.actor.kind === "user" && active.includes(ctx.actor.userId)) return;
  throw new AppError("FORBIDDEN", "You are no longer an administrator of this installation.");
}
