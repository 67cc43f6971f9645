/**
 * Every way in which a verb may refuse. A face turns the code into its own status by the one table in
 * `faces/error-table.ts`; nothing else decides a status.
 */
export const errorCodes = [
  "VALIDATION_ERROR",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "MFA_REQUIRED",
  "SSO_REQUIRED",
  "TENANT_SUSPENDED",
  "ACCOUNT_SUSPENDED",
  "ORIGIN_NOT_ALLOWED",
  "CSRF_TOKEN_MISSING",
  "NOT_FOUND",
  "CONFLICT",
  "ILLEGAL_TRANSITION",
  "EMAIL_TAKEN",
  "PROMPT_NAME_TAKEN",
  "BOT_NOT_READY",
  "EVALUATION_REQUIRED",
  "API_KEY_INVALID",
  "INSUFFICIENT_CREDITS",
  "FILE_TYPE_NOT_SUPPORTED",
  "PAYLOAD_TOO_LARGE",
  "TOO_MANY_REQUESTS",
  "ADDRESS_NOT_ALLOWED",
  "UPSTREAM_FAILED",
  "UPSTREAM_TIMEOUT",
  "UNAVAILABLE",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts for the client beside the message: field problems, limits, both states of a refused transition. */
export type ErrorDetails = Record<string, unknown>;

/**
 * The one error that verbs throw. `message` is public: it says what was wrong and what is allowed.
 * Whatever must stay inside goes into `cause`, which is logged and never sent.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, options?: { details?: ErrorDetails; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options?.details;
  }
}

/** What one may not see and what does not exist answer alike. */
export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", `${what} was not found.`);
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
