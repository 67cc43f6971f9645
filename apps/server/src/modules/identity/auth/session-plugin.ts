import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { randomAlphanumeric } from "../../../platform/crypto/index.ts";

const beginSchema = z.object({
  userId: z.uuid(),
  /** Where the session works; without it, where the person works first. */
  tenantId: z.uuid().optional(),
  /** When a second factor was shown. */
  mfaAt: z.date().nullable().optional(),
});

const rotateSchema = beginSchema.omit({ userId: true });

/** What better-auth lacks: beginning a session for whoever was recognised, and a new token for one that goes on. Nobody
 * reaches either over HTTP; `sessions.ts` says what they guarantee. */
export function sessionPlugin() {
  return {
    id: "parlance-sessions",
    endpoints: {
      beginSession: createAuthEndpoint.serverOnly(
        { method: "POST", body: beginSchema, requireHeaders: true },
        async (ctx) => {
          const { internalAdapter, authCookies, secret } = ctx.context;
          const { userId, tenantId, mfaAt } = ctx.body;
          const user = await internalAdapter.findUserById(userId);
          if (!user) throw new APIError("NOT_FOUND", { message: "The user was not found." });
          const former = await ctx.getSignedCookie(authCookies.sessionToken.name, secret);
          const session = await internalAdapter.createSession(userId, false, {
            ...(tenantId ? { activeOrganizationId: tenantId } : {}),
            mfaAt: mfaAt ?? null,
          });
          if (former) await internalAdapter.deleteSession(former);
          await setSessionCookie(ctx, { session, user }, false);
          return { sessionId: session.id };
        },
      ),
      rotateSession: createAuthEndpoint.serverOnly(
        { method: "POST", body: rotateSchema, requireHeaders: true, use: [sessionMiddleware] },
        async (ctx) => {
          const { session, user } = ctx.context.session;
          const { tenantId, ...rest } = ctx.body;
          const rotated = await ctx.context.internalAdapter.updateSession(session.token, {
            token: randomAlphanumeric(32),
            expiresAt: new Date(Date.now() + ctx.context.sessionConfig.expiresIn * 1000),
            updatedAt: new Date(),
            ...rest,
            ...(tenantId ? { activeOrganizationId: tenantId } : {}),
          });
          if (!rotated) return { rotated: false }; // it was ended meanwhile
          await setSessionCookie(ctx, { session: { ...session, ...rotated }, user });
          return { rotated: true };
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
