import { createHmac } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { constantTimeEqual } from "../platform/crypto/index.ts";
import { AppError } from "../platform/errors/index.ts";

/** The header in which our own pages send the token. */
export const csrfHeader = "x-csrf-token";

export interface CsrfTokens {
  /** The token of a session: nobody can make one without the server's key, nor use another session's. */
  of(sessionId: string): string;
  /** Throws FORBIDDEN unless the request shows its session's token or changes nothing. */
  assert(request: FastifyRequest, sessionId: string): void;
}

/**
 * The second lock beside the Origin header: a page of another site may make a browser send the cookie, but cannot
 * read the token, which only `auth.getSession` tells (OWASP: HMAC-based token pattern).
 */
export function createCsrfTokens(key: Uint8Array): CsrfTokens {
  const of = (sessionId: string) => createHmac("sha256", key).update(sessionId).digest("base64url");
  return {
    of,
    assert(request, sessionId) {
      if (request.method === "GET" || request.method === "HEAD") return;
      const shown = request.headers[csrfHeader];
      if (typeof shown === "string" && constantTimeEqual(shown, of(sessionId))) return;
      throw new AppError(
        "CSRF_TOKEN_MISSING",
        `This change must carry the session's token in ${csrfHeader}. Ask auth.getSession for it.`,
      );
    },
  };
}
