import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import { fromNodeHeaders } from "better-auth/node";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { registerRoutes } from "../faces/http/register.ts";
import { sendWebResponse } from "../faces/http/web-response.ts";
import { writeError } from "../faces/http/write-error.ts";
import type { OwnSession } from "../faces/principal.ts";
import { reportTrpcError, toTrpcError } from "../faces/trpc/index.ts";
import { changeOwnPassword, createAuth } from "../modules/identity/index.ts";
import { maxFileSize } from "../modules/knowledge/index.ts";
import { registerBlobRoutes } from "../platform/blobs/index.ts";
import { constantTimeEqual } from "../platform/crypto/index.ts";
import type { Env } from "../platform/env/index.ts";
import { AppError } from "../platform/errors/index.ts";
import { newId } from "../platform/ids/index.ts";
import { assertOwnOrigin, createAuthentication } from "./authenticate.ts";
import type { Running } from "./build-services.ts";
import { createCsrfTokens } from "./csrf.ts";
import { registerDocs } from "./docs.ts";
import { registerPages } from "./pages.ts";
import { httpRoutes } from "./routes.ts";
import { type AppRouter, appRouter } from "./trpc-router.ts";

/** Bytes of a JSON body; files go to the blob store, not through here. */
const bodyLimit = 2 * 1024 * 1024;
/** Sign-in attempts and the like, a minute and address. */
const authLimit = { limit: 30, windowMs: 60_000 };

/** The HTTP server with every face, not yet listening. */
export async function buildApp(
  { services, diskBlobs, cookieSecret, csrfKey }: Running,
  env: Pick<Env, "TRUSTED_PROXIES" | "SIGN_UP" | "PLATFORM_ADMINS" | "METRICS_TOKEN">,
): Promise<FastifyInstance> {
  const auth = createAuth({
    db: services.db,
    publicUrl: services.publicUrl,
    secret: cookieSecret,
    signUp: env.SIGN_UP,
    platformAdmins: env.PLATFORM_ADMINS,
  });
  const { principalOf, programOf, authenticate } = createAuthentication(
    services,
    auth,
    createCsrfTokens(csrfKey),
  );
  const app = Fastify({
    bodyLimit,
    trustProxy: (_address, hop) => hop < env.TRUSTED_PROXIES,
    genReqId: () => newId(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5_000 }, // tRPC batches many procedures into one path
  });
  app.setErrorHandler((error, request, reply) => writeError(services, error, request, reply));
  app.addHook("onResponse", async (request, reply) => {
    services.metrics.observeHttp({
      route: request.routeOptions.url,
      method: request.method,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
  });

  await app.register(helmet, {
    crossOriginResourcePolicy: { policy: "cross-origin" }, // the widget's script is loaded by other sites
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        connectSrc: ["'self'", ...new Set([new URL(services.publicUrl).origin])],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: services.publicUrl.startsWith("https:") ? [] : null,
      },
    },
    strictTransportSecurity: services.publicUrl.startsWith("https:"),
  });
  // Other sites may call what visitors call: with a token in a header, never with a cookie.
  await app.register(cors, {
    delegator: (request, done) => {
      const open = /^\/(api\/(widget|chat|blobs)|widget\.js)([/?]|$)/.test(request.url ?? "");
      done(null, {
        origin: open ? "*" : false,
        methods: ["GET", "POST", "PUT"],
        allowedHeaders: ["authorization", "content-type", "last-event-id"],
        exposedHeaders: ["retry-after", "x-ratelimit-remaining", "x-vercel-ai-ui-message-stream"],
        maxAge: 600,
      });
    },
  });

  app.all("/api/auth/*", async (request, reply) => {
    assertOwnOrigin(request, services.publicUrl); // signing in someone unawares is as bad as acting for them
    const attempt = await services.rateLimiter.hit(`auth/${request.ip}`, authLimit);
    if (request.method !== "GET" && !attempt.allowed) {
      reply.header("retry-after", attempt.retryAfterSeconds);
      throw new AppError(
        "TOO_MANY_REQUESTS",
        `Too many attempts. Wait ${attempt.retryAfterSeconds} seconds.`,
      );
    }
    const headers = fromNodeHeaders(request.headers);
    headers.set("x-real-ip", request.ip);
    const response = await auth.handler(
      new Request(new URL(request.url, services.publicUrl), {
        method: request.method,
        headers,
        ...(request.body ? { body: JSON.stringify(request.body) } : {}),
      }),
    );
    return sendWebResponse(reply, response);
  });
  const ownSessionOf = (request: FastifyRequest, reply: FastifyReply): OwnSession => ({
    async changePassword(passwords) {
      const headers = fromNodeHeaders(request.headers);
      headers.set("x-real-ip", request.ip);
      reply.header("set-cookie", await changeOwnPassword(auth, services.db, { headers, ...passwords }));
    },
  });
  const trpc: FastifyTRPCPluginOptions<AppRouter> = {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: async ({ req, res }) => {
        try {
          const ownSession = ownSessionOf(req, res);
          const program = await programOf(req);
          const principal = program ? null : await principalOf(req);
          return { services, principal, program, ownSession, ipAddress: req.ip };
        } catch (error) {
          throw toTrpcError(error);
        }
      },
      onError: (failure) => reportTrpcError(services.log, failure),
    },
  };
  await app.register(fastifyTRPCPlugin, trpc);
  registerRoutes(app, services, authenticate, httpRoutes);
  if (diskBlobs) registerBlobRoutes(app, diskBlobs, { maxBytes: maxFileSize });
  app.get("/metrics", async (request, reply) => {
    if (!mayReadMetrics(request, env.METRICS_TOKEN))
      throw new AppError("NOT_FOUND", "There is nothing here.");
    return reply.type(services.metrics.contentType).send(await services.metrics.render());
  });
  await registerDocs(app, services);
  await registerPages(app);
  return app;
}

/** Whoever shows the token; without one set, a caller on this machine that came through no proxy. */
function mayReadMetrics(request: FastifyRequest, token: string | undefined): boolean {
  if (token) return constantTimeEqual(request.headers.authorization ?? "", `Bearer ${token}`);
  const isForwarded = request.headers["x-forwarded-for"] !== undefined;
  return !isForwarded && ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
}
