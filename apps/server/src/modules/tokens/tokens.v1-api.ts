import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { publicV1Route, v1Route } from "../../faces/v1/v1-route.ts";
import { describeUser, personOf } from "./service/describe-user.ts";
import { fromOf } from "./service/from.ts";
import { refresh, signInProgram } from "./service/sign-in.ts";
import { signOutProgram } from "./service/sign-out.ts";
import { loginSchema, refreshSchema, v1TokensSchema, v1UserSchema } from "./tokens.schema.ts";

/** Seed 004, "Authentication". */
export const v1AuthRoutes: Route[] = [
  publicV1Route({
    method: "POST",
    path: "/auth/login",
    limit: "signIn",
    summary: "Signs in. Where the account has a second factor, `code` or `backupCode` goes along.",
    body: loginSchema,
    data: v1TokensSchema.extend({ user: v1UserSchema }),
    async run({ services }, { body, request }) {
      const { userId, tenantId, ...tokens } = await signInProgram(services, body, fromOf(request));
      return { ...tokens, user: await describeUser(services, { userId, tenantId }) };
    },
  }),
  publicV1Route({
    method: "POST",
    path: "/auth/refresh",
    limit: "session",
    summary:
      "New tokens for a refresh token, which works once: one that is shown again ends its whole session.",
    body: refreshSchema,
    data: v1TokensSchema,
    run: ({ services }, { body, request }) => refresh(services, body.refreshToken, fromOf(request)),
  }),
  v1Route({
    method: "POST",
    path: "/auth/logout",
    summary: "Ends the session of the refresh token, or of the access token where none is sent.",
    body: refreshSchema.partial(),
    data: z.object({ loggedOut: z.literal(true) }),
    async run(ctx, { body, request }) {
      await signOutProgram(ctx, body.refreshToken, request.headers.authorization);
      return { loggedOut: true as const };
    },
  }),
  v1Route({
    method: "GET",
    path: "/auth/me",
    summary: "Whose the access token is.",
    data: v1UserSchema,
    run: (ctx) => describeUser(ctx, { userId: personOf(ctx), tenantId: ctx.tenantId }),
  }),
];
