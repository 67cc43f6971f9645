import { z } from "zod";
import type { ErrorCode } from "../../platform/errors/index.ts";
import { errorTable } from "../error-table.ts";

/** Seed 002, "Standard Error Format". */
export const tenantApiErrorSchema = z.object({ detail: z.string(), status_code: z.number().int() });

/** A refusal in the words of seed 002: input that is not right is 422 there. */
export function tenantApiError(
  code: ErrorCode,
  detail: string,
): { status: number; body: z.infer<typeof tenantApiErrorSchema> } {
  const status = code === "VALIDATION_ERROR" ? 422 : errorTable[code].http;
  return { status, body: { detail, status_code: status } };
}
