import type { Principal, Services } from "../../../faces/principal.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { findLiveSession, findMembership, toPrincipal } from "../../identity/index.ts";

/**
 * Who shows an access token. The token says who and where; whether the session, the account and the membership still
 * stand, and what they allow, is read anew. Throws UNAUTHORIZED where they do not.
 */
export async function findBearer(services: Services, token: string): Promise<Principal> {
  const claims = await services.ports.accessTokens.read(token);
  const session = await findLiveSession(services.db, claims.sessionId, services.now());
  // the workspace of a session may change; a token is for the one that it was made in
  if (session?.user.id !== claims.userId || session.tenantId !== claims.tenantId) throw ended();
  const membership = await findMembership(services.db, claims.userId, claims.tenantId);
  if (!membership) throw ended();
  return toPrincipal(session, membership, { expiresAt: claims.expiresAt, csrfToken: null });
}

function ended(): AppError {
  return new AppError("UNAUTHORIZED", "The session of this access token has ended. Sign in again.");
}
