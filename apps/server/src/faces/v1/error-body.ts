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

/** What a refusal with this status is called there; where that is coarser, ours stands in the details as `reason`. */
const byStatus: Record<number, V1ErrorCode> = {
  400: "VALIDATION_ERROR",
  401: "UNAUTHORIZED",
  402: "FORBIDDEN",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  412: "CONFLICT",
  413: "VALIDATION_ERROR",
  415: "VALIDATION_ERROR",
  429: "RATE_LIMITED",
  500: "INTERNAL_ERROR",
  502: "SERVICE_UNAVAILABLE",
  503: "SERVICE_UNAVAILABLE",
  504: "SERVICE_UNAVAILABLE",
};

/** Refusals that mean something else there than their status tells. */
const named: Partial<Record<ErrorCode, V1ErrorCode>> = {
  API_KEY_INVALID: "AI_ERROR", // a model provider's key, not the caller's
};

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
  const { http } = errorTable[errorCode];
  const code = named[errorCode] ?? byStatus[http] ?? "INTERNAL_ERROR";
  const { fields, ...rest } = details ?? {};
  const about = {
    ...(errorCode === code || errorCode === "INTERNAL" || errorCode === "TOO_MANY_REQUESTS"
      ? {}
      : { reason: errorCode }),
    ...rest,
  };
  return {
    status: code === "SERVICE_UNAVAILABLE" ? 503 : http,
    error: {
      code,
      message,
      details: [...(Array.isArray(fields) ? fields : []), ...(Object.keys(about).length > 0 ? [about] : [])],
    },
  };
}
