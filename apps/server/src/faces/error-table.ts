import { AppError, type ErrorCode, isAppError } from "../platform/errors/index.ts";
import type { Log } from "../platform/log/index.ts";

type TrpcCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "PAYMENT_REQUIRED"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "TOO_MANY_REQUESTS"
  | "BAD_GATEWAY"
  | "GATEWAY_TIMEOUT"
  | "SERVICE_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

/** The one table from an error's code to what each face answers. */
export const errorTable: Record<ErrorCode, { http: number; trpc: TrpcCode }> = {
  VALIDATION_ERROR: { http: 400, trpc: "BAD_REQUEST" },
  UNAUTHORIZED: { http: 401, trpc: "UNAUTHORIZED" },
  FORBIDDEN: { http: 403, trpc: "FORBIDDEN" },
  MFA_REQUIRED: { http: 403, trpc: "FORBIDDEN" },
  SSO_REQUIRED: { http: 403, trpc: "FORBIDDEN" },
  TENANT_SUSPENDED: { http: 403, trpc: "FORBIDDEN" },
  ACCOUNT_SUSPENDED: { http: 403, trpc: "FORBIDDEN" },
  ORIGIN_NOT_ALLOWED: { http: 403, trpc: "FORBIDDEN" },
  CSRF_TOKEN_MISSING: { http: 403, trpc: "FORBIDDEN" },
  NOT_FOUND: { http: 404, trpc: "NOT_FOUND" },
  CONFLICT: { http: 409, trpc: "CONFLICT" },
  ILLEGAL_TRANSITION: { http: 409, trpc: "CONFLICT" },
  EMAIL_TAKEN: { http: 409, trpc: "CONFLICT" },
  PROMPT_NAME_TAKEN: { http: 409, trpc: "CONFLICT" },
  BOT_NOT_READY: { http: 412, trpc: "PRECONDITION_FAILED" },
  EVALUATION_REQUIRED: { http: 412, trpc: "PRECONDITION_FAILED" },
  API_KEY_INVALID: { http: 400, trpc: "BAD_REQUEST" },
  INSUFFICIENT_CREDITS: { http: 402, trpc: "PAYMENT_REQUIRED" },
  FILE_TYPE_NOT_SUPPORTED: { http: 415, trpc: "UNSUPPORTED_MEDIA_TYPE" },
  PAYLOAD_TOO_LARGE: { http: 413, trpc: "PAYLOAD_TOO_LARGE" },
  TOO_MANY_REQUESTS: { http: 429, trpc: "TOO_MANY_REQUESTS" },
  ADDRESS_NOT_ALLOWED: { http: 400, trpc: "BAD_REQUEST" },
  UPSTREAM_FAILED: { http: 502, trpc: "BAD_GATEWAY" },
  UPSTREAM_TIMEOUT: { http: 504, trpc: "GATEWAY_TIMEOUT" },
  UNAVAILABLE: { http: 503, trpc: "SERVICE_UNAVAILABLE" },
  INTERNAL: { http: 500, trpc: "INTERNAL_SERVER_ERROR" },
};

/** What an unknown failure says to the outside; the cause is in the log under the same request. */
export const internalMessage =
  "Something failed on our side and was logged. Nothing of yours was changed by it.";

/** The AppError in an error or among its causes, if there is one; a refusal of NUL by the database is one too. */
export function findAppError(error: unknown): AppError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (isAppError(at)) return at;
    if ("code" in at && typeof at.code === "string" && unstorable.has(at.code)) {
      return new AppError("VALIDATION_ERROR", "A text holds a character that cannot be kept, such as NUL.", {
        cause: error,
      });
    }
  }
  return null;
}

/** What PostgreSQL says of characters that no text or JSON column takes. */
const unstorable = new Set(["22021", "22P05"]);

/**
 * Logs what the outside is not told: a failure that nobody expected, or the cause of an expected one.
 * A refusal without a cause is the caller's matter and not logged.
 */
export function reportFailure(log: Log, error: unknown, where: Record<string, unknown>): void {
  const known = findAppError(error);
  if (!known) log.error({ error, ...where }, "a request failed");
  else if (known.cause !== undefined) log.warn({ error: known, ...where }, "a request was refused");
}
