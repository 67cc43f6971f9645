import { eq } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { userSchema } from "./identity.schema.ts";
import { users } from "./identity.tables.ts";

/** The signed-in user's own account. Named system query: accounts are global. */
export async function getOwnUser(ctx: Ctx): Promise<z.infer<typeof userSchema>> {
  if (ctx.actor.kind !== "user") throw notFound("A user");
  const [user] = await ctx.db.system().select().from(users).where(eq(users.id, ctx.actor.userId));
  if (!user) throw notFound("The user");
  const { platformRole, ...rest } = user;
  return { ...rest, role: platformRole, authProvider: "email", planId: null };
}
