import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { EnforceRateLimit } from "../enforce-rate-limit.ts";
import type { Services } from "../principal.ts";
import type { RateClass } from "../rate-limits.ts";
import type { Watch } from "../rights-watch.ts";
import { untilStopped } from "../tenant-stopped.ts";
import { readForms } from "./forms.ts";
import { keepRawBody, rawBodyOf } from "./raw-body.ts";
import { factsOf } from "./request-facts.ts";
import type { Route } from "./route.ts";

/** Who calls, and how they are watched who stay connected. */
export interface Admitted {
  caller: Ctx;
  watch: Watch;
}

/** Finds out who calls; throws UNAUTHORIZED where the route needs someone else. */
export type Authenticate = (
  request: FastifyRequest,
  auth: Exclude<Route["auth"], "public">,
) => Promise<Admitted>;

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
  // what takes forms stands apart, so that nothing else does
  void app.register(async (scope) => {
    readForms(scope);
    for (const route of routes) if (route.form) serve(scope, route);
  });
  for (const route of routes) if (!route.form) serve(app, route);

  function serve(scope: FastifyInstance, route: Route): void {
    scope.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      config: route.dialect ? { dialect: route.dialect } : {},
      ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
      ...(route.rawBody ? { preParsing: keepRawBody } : {}),
      async handler(request, reply) {
        const admitted = route.auth === "public" ? null : await authenticate(request, route.auth);
        const ctx = admitted?.caller ?? null;
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
            untilRefused: () => (admitted ? untilRefused(reply, signal, admitted.watch) : signal),
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

/** Aborts as `signal` does, and when the caller may not go on. */
function untilRefused(reply: FastifyReply, signal: AbortSignal, watch: Watch): AbortSignal {
  const refused = new AbortController();
  const leave = watch((reason) => refused.abort(reason));
  reply.raw.on("close", leave);
  if (reply.raw.closed) leave(); // the client has gone already
  return AbortSignal.any([signal, refused.signal]);
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
