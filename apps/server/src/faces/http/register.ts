import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { idOfActor } from "../../platform/ctx/index.ts";
import { AppError, type ErrorCode } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { errorTable, findAppError, internalMessage, reportFailure } from "../error-table.ts";
import { openAiError } from "../openai/error-body.ts";
import type { Services } from "../principal.ts";
import { trpcErrorBody } from "../trpc/error-body.ts";
import type { Route } from "./route.ts";

/** Finds out who calls; throws UNAUTHORIZED where the route needs someone else. */
export type Authenticate = (
  request: FastifyRequest,
  auth: Exclude<Route["auth"], "public">,
  /** The caller did nothing: their session does not last longer for it. */
  options?: { passive?: boolean },
) => Promise<Ctx>;

/** Serves the routes in the product's own dialect: JSON, and `{error: {code, message, details}}`. */
export function registerRoutes(
  app: FastifyInstance,
  services: Services,
  authenticate: Authenticate,
  routes: Route[],
): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      async handler(request, reply) {
        const ctx = route.auth === "public" ? null : await authenticate(request, route.auth);
        if (route.limit) await enforceLimit(services, route, request, reply, ctx);
        const signal = signalOf(reply);
        const result = await route.run(
          { services, ctx, ipAddress: request.ip },
          {
            params: parse("path", route.params, request.params),
            query: parse("query", route.query, request.query),
            body: parse("body", route.body, request.body ?? {}),
            request,
            reply,
            signal,
            async recheck() {
              if (route.auth === "public" || !ctx) return;
              const now = await authenticate(request, route.auth, { passive: true });
              if (now.tenantId === ctx.tenantId && isDeepStrictEqual(now.actor, ctx.actor)) return;
              throw new AppError("UNAUTHORIZED", "Your rights have changed. Connect again.");
            },
          },
        );
        if (!route.response) return result;
        return reply.send(route.response.parse(result));
      },
    });
  }
}

/** Writes any error in the dialect; under their paths in tRPC's and in OpenAI's. Unknown ones are logged and say nothing of the inside. */
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
  if (request.url.startsWith("/openai/")) {
    const refusal = openAiError(code, message, known?.details);
    if (refusal.isFinal) reply.header("x-should-retry", "false");
    reply.status(refusal.status).send(refusal.body);
    return;
  }
  const isTrpc = request.url.startsWith("/trpc/");
  reply
    .status(errorTable[code].http)
    .send(
      isTrpc
        ? trpcErrorBody(code, message, known?.details)
        : { error: { code, message, details: known?.details } },
    );
}

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

function parse(where: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", `The ${where} is not right:\n${z.prettifyError(result.error)}`, {
    details: {
      fields: result.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    },
  });
}

async function enforceLimit(
  services: Services,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  ctx: Ctx | null,
): Promise<void> {
  if (!route.limit) return;
  const result = await services.rateLimiter.hit(
    `${route.method} ${route.path}/${callerKey(request, ctx)}`,
    route.limit,
  );
  reply.header("x-ratelimit-limit", result.limit);
  reply.header("x-ratelimit-remaining", result.remaining);
  reply.header("x-ratelimit-reset", Math.ceil(result.resetAt.getTime() / 1000));
  if (result.allowed) return;
  reply.header("retry-after", result.retryAfterSeconds);
  throw new AppError(
    "TOO_MANY_REQUESTS",
    `Too many requests. Try again in ${result.retryAfterSeconds} seconds.`,
    {
      details: { retryAfterSeconds: result.retryAfterSeconds },
    },
  );
}

function callerKey(request: FastifyRequest, ctx: Ctx | null): string {
  if (!ctx) return request.ip;
  return `${ctx.tenantId}/${idOfActor(ctx.actor)}`;
}

function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) controller.abort(new Error("The client has gone."));
  });
  return controller.signal;
}
