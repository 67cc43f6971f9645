import { z } from "zod";
import { publicProcedure, tenantProcedure } from "../../faces/trpc/index.ts";
import { beginSsoSignIn } from "./service/begin-sign-in.ts";
import { getSsoConfig, removeSsoConfig, setSsoConfig } from "./service/manage-config.ts";
import { testSsoConfig } from "./service/test-config.ts";
import { verifySsoDomain } from "./service/verify-domain.ts";
import {
  domainCheckSchema,
  setSsoConfigSchema,
  ssoConfigSchema,
  ssoStartSchema,
  ssoTestSchema,
} from "./sso.schema.ts";

/** Of `enterpriseSecurity` (seed 000): single sign-on of the workspace. */
export const ssoProcedures = {
  getSsoConfig: tenantProcedure.output(ssoConfigSchema).query(({ ctx }) => getSsoConfig(ctx)),
  setSsoConfig: tenantProcedure
    .input(setSsoConfigSchema)
    .output(ssoConfigSchema)
    .mutation(({ ctx, input }) => setSsoConfig(ctx, input)),
  testSsoConfig: tenantProcedure.output(ssoTestSchema).mutation(({ ctx }) => testSsoConfig(ctx)),
  verifySsoDomain: tenantProcedure.output(domainCheckSchema).mutation(({ ctx }) => verifySsoDomain(ctx)),
  removeSsoConfig: tenantProcedure
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx }) => {
      await removeSsoConfig(ctx);
      return { success: true };
    }),
};

/** Of `auth`: begins a sign-in at the provider of the address's domain. */
export const ssoSignInProcedures = {
  ssoStart: publicProcedure
    .input(ssoStartSchema)
    .output(z.object({ url: z.string().nullable() }))
    .mutation(({ ctx: { services, browser, ipAddress }, input }) =>
      beginSsoSignIn(services, browser, { ...input, ipAddress }),
    ),
};
