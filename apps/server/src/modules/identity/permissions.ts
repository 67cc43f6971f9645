import { eq } from "drizzle-orm";
import { AppError } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { tenantPermissions } from "./permissions.tables.ts";

/** What a tenant may use of each kind; null: all of it. */
export interface Permissions {
  agents: string[] | null;
  tools: string[] | null;
  modelProviders: string[] | null;
}

const everything: Permissions = { agents: null, tools: null, modelProviders: null };

export async function permissionsOf(ctx: TxCtx): Promise<Permissions> {
  const [row] = await ctx.tx
    .select({
      agents: tenantPermissions.agents,
      tools: tenantPermissions.tools,
      modelProviders: tenantPermissions.modelProviders,
    })
    .from(tenantPermissions)
    .where(eq(tenantPermissions.tenantId, ctx.tenantId));
  return row ?? everything;
}

/** Keeps what the tenant of the context may use. Who may say so is the caller's to check. */
export async function keepPermissions(ctx: TxCtx, permissions: Permissions): Promise<void> {
  const columns = { ...permissions, updatedAt: ctx.now() };
  await ctx.tx
    .insert(tenantPermissions)
    .values({ tenantId: ctx.tenantId, ...columns })
    .onConflictDoUpdate({ target: tenantPermissions.tenantId, set: columns });
}

const words: Record<keyof Permissions, string> = {
  agents: "this bot",
  tools: "this tool",
  modelProviders: "models of this provider",
};

/** Throws FORBIDDEN unless an administrator of the installation lets the tenant use it. */
export async function assertPermitted(ctx: TxCtx, kind: keyof Permissions, key: string): Promise<void> {
  const allowed = (await permissionsOf(ctx))[kind];
  if (allowed === null || allowed.includes(key)) return;
  // a visitor can do nothing about it, and need not know who can
  if (ctx.actor.kind === "visitor" || ctx.actor.kind === "system") {
    throw new AppError("FORBIDDEN", "This chat is closed for now. Please come back later.");
  }
  throw new AppError(
    "FORBIDDEN",
    `This workspace may not use ${words[kind]}. An administrator of this installation can allow it.`,
  );
}
