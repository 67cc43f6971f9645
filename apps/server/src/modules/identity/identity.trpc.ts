import { publicProcedure, router } from "../../faces/trpc/index.ts";
import { sessionSchema } from "./identity.schema.ts";

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
