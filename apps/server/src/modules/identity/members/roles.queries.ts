import { and, asc, count, eq } from "drizzle-orm";
import { z } from "zod";
import { roles as builtInRoles } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { isRight, type Right, rightsOfRole } from "../policies/index.ts";
import { customRoles } from "../roles.tables.ts";

/** A role that members of the tenant may have: one of the product's, known by its name, or one of the tenant's own. */
export interface TenantRole {
  id: string;
  name: string;
  description: string;
  builtIn: boolean;
  rights: ReadonlySet<Right>;
  updatedAt: Date | null;
}

type RoleRow = typeof customRoles.$inferSelect;

/** All roles of the tenant by id: the product's first, then its own by name. */
export async function rolesOfTenant(ctx: TxCtx): Promise<Map<string, TenantRole>> {
  const rows = await ctx.tx
    .select()
    .from(customRoles)
    .where(eq(customRoles.tenantId, ctx.tenantId))
    .orderBy(asc(customRoles.name), asc(customRoles.id));
  const all = [...builtInRoles.map(toBuiltIn), ...rows.map(toRole)];
  return new Map(all.map((role) => [role.id, role]));
}

/** A role of the tenant; throws NOT_FOUND. Of its own it holds the row, so that it stays as it is until the end. */
export async function findRole(
  ctx: TxCtx,
  id: string,
  hold: "share" | "update" = "share",
): Promise<TenantRole> {
  const builtIn = builtInRoles.find((name) => name === id);
  if (builtIn) return toBuiltIn(builtIn);
  const [row] = z.uuid().safeParse(id).success
    ? await ctx.tx
        .select()
        .from(customRoles)
        .where(and(eq(customRoles.tenantId, ctx.tenantId), eq(customRoles.id, id)))
        .for(hold)
    : [];
  if (!row) throw notFound("The role");
  return toRole(row);
}

export async function countRoles(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(customRoles)
    .where(eq(customRoles.tenantId, ctx.tenantId));
  return row?.n ?? 0;
}

/** Adds a role; null when the tenant has one of that name. */
export async function insertRole(ctx: TxCtx, role: Omit<RoleRow, "tenantId">): Promise<TenantRole | null> {
  const [row] = await ctx.tx
    .insert(customRoles)
    .values({ tenantId: ctx.tenantId, ...role })
    .onConflictDoNothing()
    .returning();
  return row ? toRole(row) : null;
}

/** Whether another role of the tenant has the name. */
export async function isRoleName(ctx: TxCtx, name: string, exceptId: string): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: customRoles.id })
    .from(customRoles)
    .where(and(eq(customRoles.tenantId, ctx.tenantId), eq(customRoles.name, name)));
  return rows.some(({ id }) => id !== exceptId);
}

/** Changes a role whose row the caller holds. */
export async function changeRole(
  ctx: TxCtx,
  id: string,
  set: Partial<Pick<RoleRow, "name" | "description" | "rights">>,
): Promise<TenantRole> {
  const [row] = await ctx.tx
    .update(customRoles)
    .set({ ...set, updatedAt: ctx.now() })
    .where(and(eq(customRoles.tenantId, ctx.tenantId), eq(customRoles.id, id)))
    .returning();
  if (!row) throw notFound("The role");
  return toRole(row);
}

export async function removeRole(ctx: TxCtx, id: string): Promise<void> {
  await ctx.tx.delete(customRoles).where(and(eq(customRoles.tenantId, ctx.tenantId), eq(customRoles.id, id)));
}

function toBuiltIn(name: (typeof builtInRoles)[number]): TenantRole {
  return { id: name, name, description: "", builtIn: true, rights: rightsOfRole(name), updatedAt: null };
}

function toRole({ id, name, description, rights, updatedAt }: RoleRow): TenantRole {
  return { id, name, description, builtIn: false, rights: new Set(rights.filter(isRight)), updatedAt };
}
