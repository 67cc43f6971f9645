import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/** What a browser may do with our pages and answers: the headers of every response. */
export async function registerProtection(
  app: FastifyInstance,
  { publicUrl, isListedOrigin }: ProtectionOptions,
): Promise<void> {
  const isSecure = publicUrl.startsWith("https:");
  const own = new URL(publicUrl).origin;
  await app.register(helmet, {
    crossOriginResourcePolicy: { policy: "cross-origin" }, // the widget's script is loaded by other sites
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"], // of elements whose size or place a script computes
        imgSrc: ["'self'", "data:", "blob:"],
        connectSrc: ["'self'", own],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        upgradeInsecureRequests: isSecure ? [] : null,
      },
    },
    strictTransportSecurity: isSecure,
  });
  app.addHook("onSend", async (request, reply) => {
    // by which an entry of the audit log, or a line of the server's, is found again
    reply.header("x-request-id", request.id);
    reply.header("permissions-policy", unused.map((feature) => `${feature}=()`).join(", "));
    // an answer is for whoever asked: no cache between may keep it, unless its route says so
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
  await app.register(cors, {
    delegator: (request, done) => {
      const options = {
        methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
        allowedHeaders: ["authorization", "content-type", "last-event-id"],
        exposedHeaders: [
          "retry-after",
          "x-ratelimit-limit",
          "x-ratelimit-remaining",
          "x-ratelimit-reset",
          "x-vercel-ai-ui-message-stream",
        ],
        maxAge: 600,
      };
      const path = request.url ?? "";
      // a visitor's token is bound to the origin that its widget allowed, so the answer may be read by any
      if (forVisitors.test(path)) return done(null, { ...options, origin: "*" });
      const { origin } = request.headers;
      // the console's own calls need no leave, and no question to the database
      const asks = origin !== undefined && origin !== own && forPrograms.test(path);
      if (!asks) return done(null, { ...options, origin: false });
      isListedOrigin(origin).then(
        (isListed) => done(null, { ...options, origin: isListed ? origin : false }),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
}

interface ProtectionOptions {
  publicUrl: string;
  /** Whether some tenant lists the origin among its domains; whose, is checked when the caller is known. */
  isListedOrigin(origin: string): Promise<boolean>;
}

/** What visitors call, with a token in a header and never with a cookie. */
const forVisitors = /^\/(api\/(widget|chat|blobs)|(widget|survey|files|passage)\.js)([/?]|$)/;
/** What a tenant's own site may call with an access token; a cookie of ours never travels there. */
const forPrograms = /^\/(v1|trpc|api)\//;

/** Features of browsers that no page of ours uses; passkeys need `publickey-credentials-*`, which stay. */
const unused = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"];
