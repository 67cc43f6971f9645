import type { FastifyReply, FastifyRequest } from "fastify";
import { AppError, type ErrorCode, type ErrorDetails } from "../../platform/errors/index.ts";
import { errorTable, findAppError, internalMessage, reportFailure } from "../error-table.ts";
import { openAiError } from "../openai/error-body.ts";
import type { Services } from "../principal.ts";
import { tenantApiError } from "../tenant-api/error-body.ts";
import { trpcErrorBody } from "../trpc/error-body.ts";
import { v1Meta } from "../v1/envelope.ts";
import { v1Error } from "../v1/error-body.ts";
import { type DialectName, dialectOf } from "./dialect.ts";

/** Writes any error in the dialect of the request. Unknown ones are logged and say nothing of the inside. */
export function writeError(
  services: Services,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const known = findAppError(error) ?? fromFastify(error);
  reportFailure(services.log, known ?? error, { method: request.method, path: request.routeOptions.url });
  const code: ErrorCode = known?.code ?? "INTERNAL";
  const message = known?.message ?? internalMessage;
  const refusal: Refusal = { code, message, details: known?.details };
  const { status, body, headers = {} } = writers[dialectOf(request)](refusal, { services, request });
  reply.status(status).headers(headers).send(body);
}

interface Refusal {
  code: ErrorCode;
  message: string;
  details: ErrorDetails | undefined;
}

type Writer = (
  refusal: Refusal,
  about: { services: Services; request: FastifyRequest },
) => { status: number; body: object; headers?: Record<string, string> };

const writers: Record<DialectName, Writer> = {
  own: ({ code, message, details }) => ({
    status: errorTable[code].http,
    body: { error: { code, message, details } },
  }),
  openai: ({ code, message, details }) => {
    const { status, body, isFinal } = openAiError(code, message, details);
    return { status, body, ...(isFinal ? { headers: { "x-should-retry": "false" } } : {}) };
  },
  trpc: ({ code, message, details }) => ({
    status: errorTable[code].http,
    body: trpcErrorBody(code, message, details),
  }),
  v1: ({ code, message, details }, { services, request }) => {
    const { status, error } = v1Error(code, message, details);
    return { status, body: { success: false, error, meta: v1Meta(request, services.now()) } };
  },
  tenantApi: ({ code, message }) => tenantApiError(code, message),
};

/** Fastify's own refusals, of a body that is too large or no JSON. */
function fromFastify(error: unknown): AppError | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  const status = error.statusCode;
  if (status === 413) return new AppError("PAYLOAD_TOO_LARGE", "The request's body is too large.");
  if (status === 404) return new AppError("NOT_FOUND", "There is nothing here.");
  if (status === 415) return new AppError("VALIDATION_ERROR", "Send the body as application/json.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new AppError("VALIDATION_ERROR", error.message);
  return null;
}
