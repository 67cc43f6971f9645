import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

const beginSchema = z.object({
  userId: z.uuid(),
  /** Where the session works; without it, where the person works first. */
  tenantId: z.uuid().optional(),
  /** When a second factor was shown. */
  mfaAt: z.date().nullable().optional(),
});

/**
 * Begins a session with a new token, and ends the one that the request's cookie had: whoever knew that one has nothing.
 * For the server alone; nobody reaches it over HTTP.
 */
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
          return { sessionId: session.id, token: session.token };
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
