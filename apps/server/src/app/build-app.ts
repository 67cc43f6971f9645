import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { fromNodeHeaders } from "better-auth/node";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { createRateLimits } from "../faces/enforce-rate-limit.ts";
import { registerRoutes } from "../faces/http/register.ts";
import { factsOf } from "../faces/http/request-facts.ts";
import { sendWebResponse } from "../faces/http/web-response.ts";
import { writeError } from "../faces/http/write-error.ts";
import { actorOf, type Browser, contextFor } from "../faces/principal.ts";
import type { Watch } from "../faces/rights-watch.ts";
import { reportTrpcError, toTrpcError } from "../faces/trpc/index.ts";
import { authOf, isOpenPath } from "../modules/identity/index.ts";
import { maxFileSize } from "../modules/knowledge/index.ts";
import { registerBlobRoutes } from "../platform/blobs/index.ts";
import { constantTimeEqual } from "../platform/crypto/index.ts";
import type { Env } from "../platform/env/index.ts";
import { AppError } from "../platform/errors/index.ts";
import { newId } from "../platform/ids/index.ts";
import { assertOwnOrigin, createAuthentication } from "./authenticate.ts";
import type { Running } from "./build-services.ts";
import { createRefusalCount } from "./count-refusals.ts";
import { createCsrfTokens } from "./csrf.ts";
import { registerDocs } from "./docs.ts";
import { createListedOrigins } from "./listed-origins.ts";
import { registerPages } from "./pages.ts";
import { registerProtection } from "./protection.ts";
import { httpRoutes } from "./routes.ts";
import { registerSockets } from "./sockets.ts";
import { registerSsoPages } from "./sso-pages.ts";
import { createStandings } from "./standings.ts";
import { type AppRouter, appRouter } from "./trpc-router.ts";

/** Bytes of a JSON body; files go to the blob store, not through here. */
const bodyLimit = 2 * 1024 * 1024;

/** Guests have no right that could end. */
const unwatched: Watch = () => () => {};

/** The HTTP server with every face, not yet listening. */
export async function buildApp(
  { services, diskBlobs, csrfKey }: Running,
  env: Pick<Env, "TRUSTED_PROXIES" | "METRICS_TOKEN" | "RATE_LIMIT_SCALE">,
): Promise<FastifyInstance> {
  const auth = authOf(services);
  const origins = createListedOrigins(services);
  const standings = createStandings(services, origins);
  const { principalOf, programOf, bearerBy, authenticate } = createAuthentication(services, auth, {
    csrf: createCsrfTokens(csrfKey),
    origins,
    standings,
  });
  const enforceRateLimit = createRateLimits(services.rateLimiter, env.RATE_LIMIT_SCALE);
  const app = Fastify({
    bodyLimit,
    trustProxy: (_address, hop) => hop < env.TRUSTED_PROXIES,
    genReqId: () => newId(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5_000 }, // tRPC batches many procedures into one path
  });
  const countRefusal = createRefusalCount(enforceRateLimit);
  app.setErrorHandler(async (error, request, reply) => {
    writeError(services, await countRefusal(error, request, reply), request, reply);
    return reply;
  });
  app.addHook("onResponse", async (request, reply) => {
    services.metrics.observeHttp({
      route: request.routeOptions.url,
      method: request.method,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });

  await registerProtection(app, {
    publicUrl: services.publicUrl,
    isListedOrigin: origins.isListed,
  });

  app.all("/api/auth/*", { config: { dialect: "tenantApi" } }, async (request, reply) => {
    const { pathname } = new URL(request.url, services.publicUrl);
    if (!isOpenPath(request.method, pathname)) throw new AppError("NOT_FOUND", "There is nothing here.");
    assertOwnOrigin(request, services.publicUrl); // signing in someone unawares is as bad as acting for them
    if (request.method !== "GET") {
      await enforceRateLimit("signIn", { address: request.ip, caller: null }, reply);
    }
    const { headers } = browserOf(request, reply);
    const response = await auth.handler(
      new Request(new URL(request.url, services.publicUrl), {
        method: request.method,
        headers,
        ...(request.body ? { body: JSON.stringify(request.body) } : {}),
      }),
    );
    return sendWebResponse(reply, response);
  });
  await registerSsoPages(app, { services, enforceRateLimit, browserOf });
  const trpc: FastifyTRPCPluginOptions<AppRouter> = {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: async ({ req, res }) => {
        try {
          const browser = browserOf(req, res);
          const program = await programOf(req);
          // a guest's too: signing someone in unawares is as bad as acting for them
          if (!req.headers.authorization) assertOwnOrigin(req, services.publicUrl);
          const principal = program ? null : await principalOf(req, browser);
          const person =
            principal && contextFor(services, actorOf(principal), principal.tenant.id, req.ip, factsOf(req));
          const caller = program?.caller ?? person;
          return {
            services,
            principal,
            program: program?.caller ?? null,
            browser,
            ipAddress: req.ip,
            ...factsOf(req),
            watch:
              program?.watch ??
              (principal && person ? standings.watch(person, principal.standing) : unwatched),
            countCall: (name) => enforceRateLimit(name, { address: req.ip, caller }, res),
          };
        } catch (error) {
          throw toTrpcError(await countRefusal(error, req, res));
        }
      },
      onError: (failure) => reportTrpcError(services.log, failure),
    },
  };
  await app.register(fastifyTRPCPlugin, trpc);
  registerRoutes(app, services, { authenticate, enforceRateLimit }, httpRoutes);
  if (diskBlobs) registerBlobRoutes(app, diskBlobs, { maxBytes: maxFileSize });
  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, env.METRICS_TOKEN))
      throw new AppError("NOT_FOUND", "There is nothing here.");
    return reply.type(services.metrics.contentType).send(await services.metrics.render());
  });
  await registerDocs(app, services);
  await registerPages(app);
  registerSockets(app, services, {
    bearerBy,
    origins,
    enforceRateLimit,
    trustedProxies: env.TRUSTED_PROXIES,
  });
  return app;
}

/** Signing in and out may set cookies several times in one answer: all of them count. */
function browserOf(request: FastifyRequest, reply: FastifyReply): Browser {
  const headers = fromNodeHeaders(request.headers);
  headers.set("x-real-ip", request.ip);
  return {
    headers,
    setCookies(cookies) {
      for (const cookie of cookies) reply.header("set-cookie", cookie); // Fastify keeps a list
    },
  };
}

/** Whoever shows the token; without one set, a caller on this machine that came through no proxy. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token) return constantTimeEqual(request.headers.authorization ?? "", `Bearer ${token}`);
  const isForwarded = request.headers["x-forwarded-for"] !== undefined;
  return !isForwarded && ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
}
