import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { ErrorCode, ErrorDetails } from "../../platform/errors/index.ts";
import { errorTable } from "../error-table.ts";

/**
 * A refusal that came before tRPC saw the request, of a body that is too large, say, in tRPC's own shape:
 * its clients cannot read any other.
 */
export function trpcErrorBody(errorCode: ErrorCode, message: string, details: ErrorDetails | undefined) {
  const { trpc: code, http: httpStatus } = errorTable[errorCode];
  return {
    error: {
      message,
      code: TRPC_ERROR_CODES_BY_KEY[code],
      data: { code, httpStatus, errorCode, details },
    },
  };
}
