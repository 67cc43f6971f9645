import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { EnforceRateLimit } from "../enforce-rate-limit.ts";
import { assertSameCaller, type Services } from "../principal.ts";
import type { RateClass } from "../rate-limits.ts";
import { untilStopped } from "../tenant-stopped.ts";
import { keepRawBody, rawBodyOf } from "./raw-body.ts";
import { factsOf } from "./request-facts.ts";
import type { Route } from "./route.ts";

/** Finds out who calls; throws UNAUTHORIZED where the route needs someone else. */
export type Authenticate = (
  request: FastifyRequest,
  auth: Exclude<Route["auth"], "public">,
  /** The caller did nothing: their session does not last longer for it. */
  options?: { passive?: boolean },
) => Promise<Ctx>;

/** What every request passes before its route runs. */
export interface Gates {
  authenticate: Authenticate;
  enforceRateLimit: EnforceRateLimit;
}

/** Serves the routes, each in the dialect that its record names. */
export function registerRoutes(
  app: FastifyInstance,
  services: Services,
  { authenticate, enforceRateLimit }: Gates,
  routes: Route[],
): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      config: route.dialect ? { dialect: route.dialect } : {},
      ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      ...(route.rawBody ? { preParsing: keepRawBody } : {}),
      async handler(request, reply) {
        const ctx = route.auth === "public" ? null : await authenticate(request, route.auth);
        await enforceRateLimit(rateClassOf(route), { address: request.ip, caller: ctx }, reply);
        const signal = signalOf(reply, services, ctx);
        const result = await route.run(
          { services, ctx, ipAddress: request.ip, ...factsOf(request) },
          {
            params: parse("path", route.params, request.params),
            query: parse("query", route.query, request.query),
            body: parse("body", route.body, request.body ?? {}),
            rawBody: rawBodyOf(request),
            request,
            reply,
            signal,
            async recheck() {
              if (route.auth === "public" || !ctx) return;
              assertSameCaller(ctx, await authenticate(request, route.auth, { passive: true }));
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

/** The class in which a route is counted that names none. */
function rateClassOf({ auth, limit }: Route): RateClass {
  if (limit) return limit;
  return auth === "public" ? "public" : "tenant";
}

/** Aborts when the client has gone, or the caller's tenant is stopped: no answer goes on then. */
function signalOf(reply: FastifyReply, services: Services, caller: Ctx | null): AbortSignal {
  const controller = new AbortController();
  const stopped = caller && untilStopped(services.events, caller.tenantId);
  reply.raw.on("close", () => {
    stopped?.release();
    if (!reply.raw.writableFinished) controller.abort(new Error("The client has gone."));
  });
  return stopped ? AbortSignal.any([controller.signal, stopped.signal]) : controller.signal;
}
