import { isDeepStrictEqual } from "node:util";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { idOfActor } from "../../platform/ctx/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { Services } from "../principal.ts";
import type { Route } from "./route.ts";

/** Finds out who calls; throws UNAUTHORIZED where the route needs someone else. */
export type Authenticate = (
  request: FastifyRequest,
  auth: Exclude<Route["auth"], "public">,
  /** The caller did nothing: their session does not last longer for it. */
  options?: { passive?: boolean },
) => Promise<Ctx>;

/** Serves the routes, each in the dialect that its record names. */
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
      config: route.dialect ? { dialect: route.dialect } : {},
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
        return reply.status(route.status ?? 200).send(route.response.parse(result));
      },
    });
  }
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
