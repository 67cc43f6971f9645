import scalar from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteAuth } from "../faces/http/route.ts";
import type { Services } from "../faces/principal.ts";
import { listProcedures } from "./procedures.ts";
import { httpRoutes } from "./routes.ts";

type Json = Record<string, unknown>;

/** `/docs` and the OpenAPI document behind it, made from the same records and routers that serve. */
export async function registerDocs(app: FastifyInstance, services: Services): Promise<void> {
  const document = openApiDocument(services.publicUrl);
  app.get("/openapi.json", async (_request, reply) => reply.send(document));
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply) => {
      // the reference renders itself with inline styles and an inline bootstrap script
      reply.header(
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'",
      );
    });
    await scope.register(scalar, {
      routePrefix: "/docs",
      configuration: {
        url: "/openapi.json",
        pageTitle: "Parlance API",
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

function openApiDocument(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of httpRoutes) {
    const operation: Json = {
      summary: route.summary,
      tags: [tagOf(route.path)],
      security: route.auth === "public" ? [] : securityOf(route.auth),
      parameters: [...parametersOf("path", route.params), ...parametersOf("query", route.query)],
      responses: {
        200: route.response
          ? { description: "OK", content: { "application/json": { schema: schemaOf(route.response) } } }
          : { description: ownAnswerOf(route.path) },
        default: {
          description: route.path.startsWith("/openai/")
            ? "Refused: `{error: {message, type, param, code}}`."
            : "Refused: `{error: {code, message, details}}`.",
        },
      },
      ...(route.body
        ? { requestBody: { content: { "application/json": { schema: schemaOf(route.body) } } } }
        : {}),
    };
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  for (const { name, type, auth, input } of listProcedures()) {
    const schema = input && schemaOf(input);
    const isMutation = type === "mutation";
    const operation: Json = {
      summary: `${type}: ${name}`,
      tags: [`tRPC: ${name.split(".")[0]}`],
      security: auth === "public" ? [] : securityOf("member"),
      ...(schema && isMutation ? { requestBody: { content: { "application/json": { schema } } } } : {}),
      ...(schema && !isMutation
        ? { parameters: [{ name: "input", in: "query", content: { "application/json": { schema } } }] }
        : {}),
      responses: {
        200: { description: "`{result: {data}}`; a subscription answers server-sent events." },
        default: { description: "Refused: `{error: {message, data: {code, httpStatus, errorCode}}}`." },
      },
    };
    paths[`/trpc/${name}`] = { [isMutation ? "post" : "get"]: operation };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Parlance",
      version: "0.1.0",
      description:
        "Answers from an organisation's own knowledge, and hands over to people. Members sign in with a cookie session; a widget's visitors show the token of their session; programs show an API key.",
    },
    servers: [{ url: publicUrl }],
    components: {
      securitySchemes: {
        member: { type: "apiKey", in: "cookie", name: "parlance.session_token" },
        visitor: { type: "http", scheme: "bearer" },
        apiKey: { type: "http", scheme: "bearer", bearerFormat: "prl_…" },
      },
    },
    paths,
  };
}

/** What a route answers that declares no JSON. */
function ownAnswerOf(path: string): string {
  if (path.startsWith("/health")) return "OK";
  if (path.startsWith("/c/")) return "An HTML page.";
  if (path.startsWith("/openai/")) return "OpenAI's chat completion, or with `stream` its chunks.";
  return "A stream of server-sent events.";
}

function tagOf(path: string): string {
  if (path.startsWith("/health")) return "Health";
  return path.startsWith("/openai/") ? "OpenAI-compatible" : "Chat";
}

function securityOf(auth: Exclude<RouteAuth, "public">): Json[] {
  if (auth === "api key") return [{ apiKey: [] }];
  return [
    ...(auth.includes("visitor") ? [{ visitor: [] }] : []),
    ...(auth.includes("member") ? [{ member: [] }] : []),
  ];
}

function schemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

function parametersOf(where: "path" | "query", schema: z.ZodType | undefined): Json[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === "path",
    schema: field instanceof z.ZodType ? schemaOf(field) : {},
  }));
}
