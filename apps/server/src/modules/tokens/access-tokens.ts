import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { z } from "zod";
import type { Clock } from "../../platform/clock/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { AccessTokens } from "../../ports/index.ts";

/** Seconds that an access token works; whether its session and membership still stand is asked each time anyway. */
const lifetime = 3_600;
/** Milliseconds for which the public keys are kept: so long may one that was withdrawn still verify. */
const keysKept = 60_000;

/** Seed 002, "JWT Authentication", and what ties a token to its session and to this one use. */
const claimsSchema = z.object({
  user_id: z.uuid(),
  email: z.string(),
  role: z.string(),
  tenant_id: z.uuid(),
  sid: z.uuid(),
  jti: z.uuid(),
  iat: z.number(),
  exp: z.number(),
  // whatever else these keys may sign one day is no access token
  purpose: z.literal("access"),
});

/**
 * Whether a bearer's text means to be an access token, and no API key or widget's token: those name no key. Whether it
 * is one, only `read` tells.
 */
export function isAccessToken(text: string): boolean {
  try {
    return decodeProtectedHeader(text).kid !== undefined;
  } catch {
    return false;
  }
}

interface Signer {
  sign(claims: Record<string, unknown>): Promise<string>;
  /** The public keys of whatever may still be shown. */
  keys(): Promise<JSONWebKeySet>;
}

/**
 * RS256 tokens for programs. Of a token's header only the key's id is read, and only to choose among our own keys:
 * algorithm, issuer, audience and purpose are fixed, and nothing is fetched for it.
 */
export function createAccessTokens(signer: Signer, publicUrl: string, now: Clock): AccessTokens {
  let kept: KeptKeys | null = null;

  /** Asks for the keys again where this one is new: another process may have begun to sign with it. */
  async function keysWith(id: string | undefined): Promise<KeptKeys> {
    if (kept && kept.until > now().getTime() && id !== undefined && kept.ids.has(id)) return kept;
    const set = await signer.keys();
    const ids = new Set(set.keys.flatMap((key) => (key.kid ? [key.kid] : [])));
    kept = { ids, find: createLocalJWKSet(set), until: now().getTime() + keysKept };
    return kept;
  }

  return {
    lifetime,
    issue({ userId, email, role, tenantId, sessionId }) {
      const iat = Math.floor(now().getTime() / 1000);
      return signer.sign({
        user_id: userId,
        email,
        role,
        tenant_id: tenantId,
        sid: sessionId,
        sub: userId,
        jti: newId(),
        iat,
        exp: iat + lifetime,
        iss: publicUrl,
        aud: publicUrl,
        purpose: "access",
      });
    },
    async read(token) {
      if (!isAccessToken(token)) throw notOurs();
      const keys = await keysWith(decodeProtectedHeader(token).kid);
      try {
        const { payload } = await jwtVerify(token, keys.find, {
          algorithms: ["RS256"],
          issuer: publicUrl,
          audience: publicUrl,
          currentDate: now(),
        });
        const claims = claimsSchema.parse(payload);
        return {
          userId: claims.user_id,
          email: claims.email,
          role: claims.role,
          tenantId: claims.tenant_id,
          sessionId: claims.sid,
          expiresAt: new Date(claims.exp * 1000),
        };
      } catch {
        throw notOurs(); // the cause quotes the caller, and the log needs none of it
      }
    },
  };
}

interface KeptKeys {
  ids: Set<string>;
  find: ReturnType<typeof createLocalJWKSet>;
  until: number;
}

function notOurs(): AppError {
  return new AppError("UNAUTHORIZED", "The access token has expired or is not one of ours. Sign in again.");
}
