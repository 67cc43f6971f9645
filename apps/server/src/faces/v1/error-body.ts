import type { ErrorCode, ErrorDetails } from "../../platform/errors/index.ts";
import { errorTable } from "../error-table.ts";

/** Seed 004, "Error Codes". */
export const v1ErrorCodes = [
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "VALIDATION_ERROR",
  "CONFLICT",
  "RATE_LIMITED",
  "INTERNAL_ERROR",
  "SERVICE_UNAVAILABLE",
  "CHANNEL_ERROR",
  "AI_ERROR",
] as const;
export type V1ErrorCode = (typeof v1ErrorCodes)[number];

/** What each of our refusals is called there; where the name is coarser, ours stands in the details as `reason`. */
const named: Record<ErrorCode, V1ErrorCode> = {
  VALIDATION_ERROR: "VALIDATION_ERROR",
  UNAUTHORIZED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  MFA_REQUIRED: "FORBIDDEN",
  ACCOUNT_SUSPENDED: "FORBIDDEN",
  TENANT_SUSPENDED: "FORBIDDEN",
  ACCOUNT_SUSPENDED: "FORBIDDEN",
  ORIGIN_NOT_ALLOWED: "FORBIDDEN",
  CSRF_TOKEN_MISSING: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  ILLEGAL_TRANSITION: "CONFLICT",
  EMAIL_TAKEN: "CONFLICT",
  PROMPT_NAME_TAKEN: "CONFLICT",
  BOT_NOT_READY: "CONFLICT",
  EVALUATION_REQUIRED: "CONFLICT",
  API_KEY_INVALID: "AI_ERROR", // a model provider's key, not the caller's
  INSUFFICIENT_CREDITS: "FORBIDDEN",
  FILE_TYPE_NOT_SUPPORTED: "VALIDATION_ERROR",
  PAYLOAD_TOO_LARGE: "VALIDATION_ERROR",
  TOO_MANY_REQUESTS: "RATE_LIMITED",
  ADDRESS_NOT_ALLOWED: "VALIDATION_ERROR",
  UPSTREAM_FAILED: "SERVICE_UNAVAILABLE",
  UPSTREAM_TIMEOUT: "SERVICE_UNAVAILABLE",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_ERROR",
};

/** The same code has the same status wherever it is answered, but for what the product itself tells apart. */
const statuses: Partial<Record<V1ErrorCode, number>> = { SERVICE_UNAVAILABLE: 503 };

export interface V1Error {
  code: V1ErrorCode;
  message: string;
  /** Each wrong field as `{path, message}`; else what there is to know about the refusal. */
  details: unknown[];
}

/** A refusal in the words of seed 004, with its status. */
export function v1Error(
  errorCode: ErrorCode,
  message: string,
  details: ErrorDetails | undefined,
): { status: number; error: V1Error } {
  const code = named[errorCode];
  const { fields, ...rest } = details ?? {};
  const about = {
    ...(errorCode === code || errorCode === "INTERNAL" || errorCode === "TOO_MANY_REQUESTS"
      ? {}
      : { reason: errorCode }),
    ...rest,
  };
  return {
    status: statuses[code] ?? errorTable[errorCode].http,
    error: {
      code,
      message,
      details: [...(Array.isArray(fields) ? fields : []), ...(Object.keys(about).length > 0 ? [about] : [])],
    },
  };
}
