import type { Principal, Services } from "../../../faces/principal.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { findPrincipals } from "../../identity/index.ts";

/**
 * Who shows an access token. The token says who and where; whether the session, the account and the membership still
 * stand, and what they allow, is read anew. Throws UNAUTHORIZED where they do not.
 */
export async function findBearer(services: Services, token: string): Promise<Principal> {
  const claims = await services.ports.accessTokens.read(token);
  const [principal] = await findPrincipals(services, [{ ...claims, token: null }]);
  if (principal) return { ...principal, expiresAt: claims.expiresAt };
  throw new AppError("UNAUTHORIZED", "The session of this access token has ended. Sign in again.");
}
