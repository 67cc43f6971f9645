import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  assertCan,
  findMember,
  type MemberRow,
  rolesOfTenant,
  searchAudit,
  searchMembers,
} from "../../identity/index.ts";
import { documentCounts } from "../../knowledge/index.ts";
import { updateMemberRole } from "../../members/index.ts";
import type {
  CommunityRole,
  CommunityUser,
  dashboardSchema,
  getAllSchema,
  updatedCommunityUserSchema,
} from "../community.schema.ts";

/*
 * Seed 003's administration is of one community: here of the caller's tenant, by its owners and admins. It has nothing
 * to do with the administrators of the installation, for whom the rest of this module is.
 */

/** Seed 003's word for a role: whoever looks after the tenant is an admin, whoever has any other role a user. */
function communityRoleOf(role: string): CommunityRole {
  if (role === "owner" || role === "admin") return "admin";
  return role === "contentEditor" ? "contentEditor" : "user";
}

/** The role of ours that each of the seed's gives. */
const given = { user: "member", contentEditor: "contentEditor", admin: "admin" } as const;

/** Members of the caller's tenant, those who joined last first. */
export async function getAllUsers(
  ctx: Ctx,
  { role, search, limit, offset }: z.output<typeof getAllSchema>,
): Promise<CommunityUser[]> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (ctx) => {
    const roles = [...(await rolesOfTenant(ctx)).keys()];
    const { rows } = await searchMembers(ctx, {
      limit,
      offset,
      search,
      order: "newest",
      ...(role ? { roles: roles.filter((id) => communityRoleOf(id) === role) } : {}),
    });
    return rows.map((row) => ({
      ...describe(row),
      last_login: row.lastLoginAt ? [{ created_at: row.lastLoginAt }] : [],
    }));
  });
}

/** Gives a member another role. Somebody who has one that the seed calls the same keeps it: an owner stays owner. */
export async function updateCommunityRole(
  ctx: Ctx,
  { userId, newRole }: { userId: string; newRole: CommunityRole },
): Promise<z.input<typeof updatedCommunityUserSchema>> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (ctx) => {
    const { role } = await findMember(ctx, userId);
    if (communityRoleOf(role) !== newRole) {
      await updateMemberRole(ctx, { userId, role: given[newRole] }).catch(inSeedsWords);
    }
    return describe(await findMember(ctx, userId));
  });
}

/** What a community's administrators see first. */
export async function getDashboard(ctx: Ctx): Promise<z.input<typeof dashboardSchema>> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (ctx) => {
    const { total } = await searchMembers(ctx, { limit: 1, offset: 0, status: "active" });
    const documents = await documentCounts(ctx);
    const { items } = await searchAudit(ctx, { limit: 10 });
    return {
      metrics: {
        totalUsers: total,
        totalDocuments: [...documents.values()].reduce((sum, n) => sum + n, 0),
        // there are no polls and translations yet
        activePolls: 0,
        pendingTranslations: 0,
      },
      recentActivity: items.map(({ action, subject, createdAt, actor }) => ({
        action,
        resource: subject.type,
        created_at: createdAt,
        user: actor.kind === "user" && actor.name !== null ? { name: actor.name } : null,
      })),
    };
  });
}

function describe(row: MemberRow) {
  return {
    id: row.userId,
    name: row.name,
    email: row.email,
    role: communityRoleOf(row.role),
    language: row.language,
    whatsapp_opt_in: false,
    created_at: row.joinedAt,
  };
}

function inSeedsWords(error: unknown): never {
  if (isAppError(error) && error.details?.reason === "last admin") {
    throw new AppError("CONFLICT", "Cannot remove the last admin user", { details: error.details });
  }
  throw error;
}
