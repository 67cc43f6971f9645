import { z } from "zod";
import { paginate, paginatedSchema } from "../../../faces/pagination.ts";
import {
  ownProcedure,
  publicProcedure,
  signedInProcedure,
  type TrpcContext,
} from "../../../faces/trpc/index.ts";
import { listOwnSessions, type Own, revokeOtherSessions, revokeOwnSession } from "./own-sessions.ts";
import { listOwnTenants, switchTenant } from "./own-tenants.ts";
import { register } from "./register.ts";
import { requestPasswordReset, resetPassword, verifyEmail } from "./reset-password.ts";
import {
  done,
  loginAnswerSchema,
  loginSchema,
  optionsSchema,
  ownTenantSchema,
  registerAnswerSchema,
  registerSchema,
  requestResetSchema,
  resetPasswordSchema,
  sessionListSchema,
  startSocialSchema,
  verifyEmailSchema,
} from "./sign-in.schema.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { signInOptions, startSocialSignIn } from "./social.ts";

const success = { success: true } as const;
const pageSchema = z.object({
  page: z.number().int().min(1).max(10_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});

/** Whoever is not signed in yet: counted apart, for an office that shares an address signs in at nine o'clock. */
const signInProcedure = publicProcedure.meta({ auth: "public", limit: "signIn" });

/** Seed 000, "Authentication": the one way in by password, and what a person does with their own sessions. */
export const signInProcedures = {
  options: publicProcedure
    .meta({ auth: "public", limit: "session" })
    .output(optionsSchema)
    .query(({ ctx }) => signInOptions(ctx)),
  register: signInProcedure
    .input(registerSchema)
    .output(registerAnswerSchema)
    .mutation(({ ctx, input }) => register(ctx, input)),
  login: signInProcedure
    .input(loginSchema)
    .output(loginAnswerSchema)
    .mutation(({ ctx, input }) => signIn(ctx, input)),
  startSocial: signInProcedure
    .input(startSocialSchema)
    .output(z.object({ url: z.url() }))
    .mutation(({ ctx, input }) => startSocialSignIn(ctx, input)),
  verifyEmail: signInProcedure
    .input(verifyEmailSchema)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await verifyEmail(ctx, input);
      return success;
    }),
  requestPasswordReset: signInProcedure
    .input(requestResetSchema)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await requestPasswordReset(ctx, input);
      return success;
    }),
  resetPassword: signInProcedure
    .input(resetPasswordSchema)
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await resetPassword(ctx, input);
      return success;
    }),
  logout: signedInProcedure.output(done).mutation(async ({ ctx }) => {
    await signOut(ctx, ctx.browser, ctx.principal.sessionId);
    return success;
  }),
  listSessions: ownProcedure
    .input(pageSchema)
    .output(paginatedSchema(sessionListSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listOwnSessions(ctx, ownOf(ctx), input);
      return paginate("/trpc/auth.listSessions", input, items, total);
    }),
  revokeSession: ownProcedure
    .input(z.object({ id: z.uuid() }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await revokeOwnSession(ctx, ownOf(ctx), input.id);
      return success;
    }),
  revokeOtherSessions: ownProcedure
    .output(z.object({ ended: z.number() }))
    .mutation(async ({ ctx }) => ({ ended: await revokeOtherSessions(ctx, ownOf(ctx)) })),
  listTenants: signedInProcedure
    .output(z.array(ownTenantSchema))
    .query(({ ctx }) => listOwnTenants(ctx, ownOf(ctx))),
  switchTenant: signedInProcedure
    .input(z.object({ tenantId: z.uuid() }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await switchTenant(ctx, ctx.browser, ownOf(ctx), input.tenantId);
      return success;
    }),
};

function ownOf({ principal }: { principal: NonNullable<TrpcContext["principal"]> }): Own {
  return { userId: principal.user.id, sessionId: principal.sessionId };
}
