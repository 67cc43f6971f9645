import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  can,
  changeRole,
  countByRole,
  countInvitations,
  countRoles,
  covers,
  findRole,
  insertRole,
  isRoleName,
  moveInvitations,
  moveMembers,
  type Right,
  recordAudit,
  recordSecurityEvent,
  removeRole,
  rightsByCapability,
  rolesOfTenant,
  type TenantRole,
} from "../../identity/index.ts";
import type { Role } from "../roles.schema.ts";
import { holdActor } from "./hold-member.ts";
import { beyondOwnRights } from "./manage-members.ts";

/** Roles of a tenant's own: as many as a person can tell apart. */
const mostRoles = 50;

/** The product's roles and the tenant's own, each with its rights and how many have it. */
export async function listRoles(
  ctx: Ctx,
): Promise<{ items: Role[]; capabilities: typeof rightsByCapability }> {
  assertCan(ctx.actor, "read members");
  const items = await inTx(ctx, async (ctx) => {
    const roles = await rolesOfTenant(ctx);
    return describe(ctx, [...roles.values()]);
  });
  return { items, capabilities: rightsByCapability };
}

export interface NewRole {
  name: string;
  description: string;
  rights: Right[];
}

/** A role of the tenant's own, of rights that its maker has. */
export async function createRole(ctx: Ctx, { name, description, rights }: NewRole): Promise<Role> {
  assertCan(ctx.actor, "manage roles");
  return inTx(ctx, async (outer) => {
    const { ctx } = await holdActor(outer);
    assertCan(ctx.actor, "manage roles");
    if (!covers(ctx.actor, rights)) throw beyondOwnRights(name);
    if ((await countRoles(ctx)) >= mostRoles) {
      throw new AppError(
        "CONFLICT",
        `A workspace has at most ${mostRoles} roles of its own. Delete one first.`,
      );
    }
    assertNotBuiltIn(await rolesOfTenant(ctx), name);
    const at = { createdAt: ctx.now(), updatedAt: ctx.now() };
    const role = await insertRole(ctx, { id: newId(), name, description, rights, ...at });
    if (!role) throw nameTaken(name);
    await audit(ctx, "role.created", role.id, { after: facts(role) });
    return describeOne(ctx, role);
  });
}

export interface RoleChange {
  roleId: string;
  name?: string | undefined;
  description?: string | undefined;
  rights?: Right[] | undefined;
}

/** Changes a role of the tenant's own; its members may do what it says from their next request on. */
export async function updateRole(ctx: Ctx, { roleId, ...change }: RoleChange): Promise<Role> {
  assertCan(ctx.actor, "manage roles");
  return inTx(ctx, async (outer) => {
    const before = await findRole(outer, roleId, "update");
    const { ctx, roles } = await holdActor(outer);
    assertMayChange(ctx, before);
    if (change.rights && !covers(ctx.actor, change.rights)) throw beyondOwnRights(change.name ?? before.name);
    if (change.name !== undefined && change.name !== before.name) {
      assertNotBuiltIn(roles, change.name);
      if (await isRoleName(ctx, change.name, roleId)) throw nameTaken(change.name);
    }
    const { name = before.name, description = before.description, rights = [...before.rights] } = change;
    const after = await changeRole(ctx, roleId, { name, description, rights });
    await audit(ctx, "role.updated", roleId, { before: facts(before), after: facts(after) });
    return describeOne(ctx, after);
  });
}

/**
 * Deletes a role of the tenant's own. Members and invitations that have it get the role `moveTo`; without one it stays
 * while somebody has it (CONFLICT).
 */
export async function deleteRole(
  ctx: Ctx,
  { roleId, moveTo }: { roleId: string; moveTo?: string | undefined },
): Promise<void> {
  assertCan(ctx.actor, "manage roles");
  await inTx(ctx, async (outer) => {
    if (moveTo === roleId) throw new AppError("VALIDATION_ERROR", "moveTo must be another role.");
    const role = await findRole(outer, roleId, "update");
    const next = moveTo === undefined ? null : await findRole(outer, moveTo);
    const { ctx } = await holdActor(outer);
    assertMayChange(ctx, role);
    const members = (await countByRole(ctx)).get(roleId) ?? 0;
    const invitations = await countInvitations(ctx, roleId);
    if (!next && members + invitations > 0) {
      throw new AppError(
        "CONFLICT",
        `${members} members and ${invitations} invitations have this role. Name in moveTo which role they get.`,
        { details: { members, invitations } },
      );
    }
    const moved = next ? await moveAll(ctx, role, next) : [];
    await removeRole(ctx, roleId);
    await audit(ctx, "role.deleted", roleId, {
      before: facts(role),
      ...(next ? { after: { movedTo: next.name, members: moved } } : {}),
    });
  });
}

/** Gives all who have a role another. It takes the right to give it, one by one as well. */
async function moveAll(ctx: TxCtx, from: TenantRole, to: TenantRole): Promise<string[]> {
  assertCan(ctx.actor, "manage members");
  if (!covers(ctx.actor, to.rights)) throw beyondOwnRights(to.name);
  const moved = await moveMembers(ctx, from.id, to.id);
  await moveInvitations(ctx, from.id, to.id);
  for (const userId of moved) {
    await recordSecurityEvent(ctx, {
      kind: "role_changed",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { from: from.name, to: to.name },
    });
  }
  return moved;
}

function assertMayChange(ctx: TxCtx, role: TenantRole): void {
  assertCan(ctx.actor, "manage roles");
  if (!covers(ctx.actor, role.rights)) throw beyondOwnRights(role.name);
}

function assertNotBuiltIn(roles: Map<string, TenantRole>, name: string): void {
  const taken = [...roles.values()].some(
    (role) => role.builtIn && role.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw nameTaken(name);
}

function nameTaken(name: string): AppError {
  return new AppError("CONFLICT", `There is a role called ${name}. Choose another name.`);
}

async function describeOne(ctx: TxCtx, role: TenantRole): Promise<Role> {
  const [described] = await describe(ctx, [role]);
  if (!described) throw new AppError("INTERNAL", "The role was not read.");
  return described;
}

async function describe(ctx: TxCtx, roles: TenantRole[]): Promise<Role[]> {
  const members = await countByRole(ctx);
  return roles.map((role) => {
    const isOwn = covers(ctx.actor, role.rights);
    const isMine = can(ctx.actor, "manage roles") && isOwn && !role.builtIn;
    return {
      ...role,
      rights: [...role.rights],
      members: members.get(role.id) ?? 0,
      can: { give: can(ctx.actor, "manage members") && isOwn, update: isMine, remove: isMine },
    };
  });
}

function facts({ name, description, rights }: TenantRole) {
  return { name, description, rights: [...rights] };
}

function audit(
  ctx: TxCtx,
  action: string,
  roleId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "role", subjectId: roleId, ...change });
}
