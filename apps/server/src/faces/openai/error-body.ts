import type { ErrorCode, ErrorDetails } from "../../platform/errors/index.ts";
import { errorTable } from "../error-table.ts";

/** Where OpenAI's own clients expect something else than our codes and statuses say. */
const dialect: Partial<Record<ErrorCode, { status?: number; type?: string; code?: string | null }>> = {
  VALIDATION_ERROR: { code: null },
  UNAUTHORIZED: { code: "invalid_api_key" },
  FORBIDDEN: { type: "permission_error", code: "insufficient_permissions" },
  TOO_MANY_REQUESTS: { type: "rate_limit_error", code: "rate_limit_exceeded" },
  INSUFFICIENT_CREDITS: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
  INTERNAL: { code: "internal_error" },
};

export interface OpenAiError {
  status: number;
  body: { error: { message: string; type: string; param: string | null; code: string | null } };
  /** True where the same request would be refused again: the clients' own retries would be in vain. */
  isFinal: boolean;
}

/** A refusal in the shape and with the status that OpenAI's clients turn into their error classes. */
export function openAiError(code: ErrorCode, message: string, details?: ErrorDetails): OpenAiError {
  const own = dialect[code];
  const status = own?.status ?? errorTable[code].http;
  const param = paramOf(details);
  const isModel = code === "NOT_FOUND" && param === "model";
  const type = own?.type ?? (status >= 500 ? "server_error" : "invalid_request_error");
  const named = isModel ? "model_not_found" : own?.code === undefined ? code.toLowerCase() : own.code;
  return {
    status,
    body: { error: { message, type, param, code: named } },
    isFinal: code === "INSUFFICIENT_CREDITS",
  };
}

/** The field that was wrong: named by the verb, or the first of the schema's complaints. */
function paramOf(details: ErrorDetails | undefined): string | null {
  if (typeof details?.param === "string") return details.param;
  const [field] = Array.isArray(details?.fields) ? details.fields : [];
  if (typeof field !== "object" || field === null || !("path" in field)) return null;
  if (typeof field.path !== "string" || field.path === "") return null;
  return field.path.replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]"); // messages[0].content, as OpenAI writes it
}
