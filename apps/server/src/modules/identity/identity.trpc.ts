import { protectedProcedure, publicProcedure, router } from "../../faces/trpc/index.ts";
import { sessionSchema, userSchema } from "./identity.schema.ts";
import { getOwnUser } from "./identity.service.ts";

export const authRouter = router({
  getSession: publicProcedure.output(sessionSchema.nullable()).query(({ ctx: { principal } }) => {
    if (!principal) return null;
    const { platformRole, ...user } = principal.user;
    return {
      user: { ...user, role: platformRole },
      tenant: principal.tenant,
      role: principal.role,
      expires: principal.expiresAt,
    };
  }),
});

export const userProcedures = {
  me: protectedProcedure.output(userSchema).query(({ ctx }) => getOwnUser(ctx)),
};
