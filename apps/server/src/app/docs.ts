import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import type { Services } from "../faces/principal.ts";
import { type Described, openApiDocument } from "./openapi.ts";
import { listProcedures } from "./procedures.ts";
import { httpRoutes } from "./routes.ts";

type Prefix = "" | "/v1" | "/api";
type Documentation = Omit<Described, "publicUrl"> & { prefix: Prefix };

/** A document for each dialect that a program may choose; the product's own is at the root. */
const documentations = (): Documentation[] => [
  {
    prefix: "",
    title: "Parlance",
    description:
      "Answers from an organisation's own knowledge, and hands over to people. Members sign in with a cookie session; a widget's visitors show the token of their session; programs show an access token or an API key.",
    routes: httpRoutes.filter(({ dialect }) => dialect === undefined),
    procedures: listProcedures(),
  },
  {
    prefix: "/v1",
    title: "Parlance REST API v1",
    description:
      "Every answer is `{success, data, meta}`, every list has `pagination`, every refusal is `{success: false, error: {code, message, details}, meta}`. Send `Authorization: Bearer` with the access token of `POST /v1/auth/login` or with an API key of Settings, API keys. The keys that verify access tokens are at `/api/auth/.well-known/jwks.json`.",
    routes: httpRoutes.filter(({ dialect }) => dialect === "v1"),
  },
  {
    prefix: "/api",
    title: "Parlance tenant API",
    description:
      "Answers are bare JSON, refusals `{detail, status_code}`; input that is not right is 422. Send `Authorization: Bearer` with the access token of `POST /api/auth/login` or with an API key of Settings, API keys. The count of a list stands in `x-total-count`.",
    routes: httpRoutes.filter(({ dialect }) => dialect === "tenantApi"),
  },
];

/** `/docs`, `/v1/docs` and `/api/docs`, each with the OpenAPI document behind it. */
export async function registerDocs(app: FastifyInstance, services: Services): Promise<void> {
  for (const { prefix, ...described } of documentations()) {
    const document = openApiDocument({ ...described, publicUrl: services.publicUrl });
    app.get(`${prefix}/openapi.json`, async (_request, reply) => reply.send(document));
    await registerReference(app, prefix, described.title);
  }
}

async function registerReference(app: FastifyInstance, prefix: Prefix, pageTitle: string): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply) => {
      // the reference renders itself with inline styles and an inline bootstrap script
      reply.header(
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'",
      );
    });
    await scope.register(scalar, {
      routePrefix: `${prefix}/docs`,
      configuration: {
        url: `${prefix}/openapi.json`,
        pageTitle,
        withDefaultFonts: false,
        telemetry: false,
        hideClientButton: true,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: "never",
        favicon: "/icon.svg",
      },
    });
  });
}
