import { publicProcedure, router } from "../../faces/trpc/index.ts";
import { sessionSchema } from "./identity.schema.ts";
import { isRight } from "./policies/index.ts";
import { signInProcedures } from "./sign-in/sign-in.trpc.ts";

export const authRouter = router({
  ...signInProcedures,
  getSession: publicProcedure
    .meta({ auth: "public", limit: "session" })
    .output(sessionSchema.nullable())
    .query(({ ctx: { principal } }) => {
      if (!principal) return null;
      const { user, tenant, role, roleName, rights, secondFactor, csrfToken, expiresAt } = principal;
      const { platformRole, ...person } = user;
      return {
        user: { ...person, role: platformRole },
        tenant: { id: tenant.id, name: tenant.name, status: tenant.status },
        role,
        roleName,
        rights: [...rights].filter(isRight),
        secondFactor,
        csrfToken,
        expires: expiresAt,
      };
    }),
});
