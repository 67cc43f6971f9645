import { z } from "zod";
import type { DialectName } from "../faces/http/dialect.ts";
import type { Route, RouteAuth } from "../faces/http/route.ts";
import { tenantApiErrorSchema } from "../faces/tenant-api/error-body.ts";
import { v1RefusalSchema } from "../faces/v1/envelope.ts";
import type { ListedProcedure } from "./procedures.ts";

export type Json = Record<string, unknown>;

/** One OpenAPI document, with the routes that it is to describe. */
export interface Described {
  title: string;
  description: string;
  publicUrl: string;
  routes: Route[];
  procedures?: ListedProcedure[];
}

/** An OpenAPI document, made from the same records and routers that serve. */
export function openApiDocument({ title, description, publicUrl, routes, procedures = [] }: Described): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOfRoute(route) };
  }
  for (const procedure of procedures) {
    const method = procedure.type === "mutation" ? "post" : "get";
    paths[`/trpc/${procedure.name}`] = { [method]: operationOfProcedure(procedure) };
  }
  return {
    openapi: "3.1.0",
    info: { title, version: "0.1.0", description },
    servers: [{ url: publicUrl }],
    components: {
      securitySchemes: {
        member: { type: "apiKey", in: "cookie", name: "parlance.session_token" },
        visitor: { type: "http", scheme: "bearer" },
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        apiKey: { type: "http", scheme: "bearer", bearerFormat: "prl_…" },
      },
    },
    paths,
  };
}

function operationOfRoute(route: Route): Json {
  return {
    summary: route.summary,
    tags: [tagOf(route.path)],
    security: securityOf(route.auth),
    parameters: [...parametersOf("path", route.params), ...parametersOf("query", route.query)],
    responses: {
      [route.status ?? 200]: route.response
        ? { description: "OK", content: { "application/json": { schema: schemaOf(route.response) } } }
        : { description: ownAnswerOf(route.path) },
      default: refusals[route.dialect ?? (route.path.startsWith("/openai/") ? "openai" : "own")],
    },
    ...(route.body
      ? { requestBody: { content: { "application/json": { schema: schemaOf(route.body) } } } }
      : {}),
  };
}

function operationOfProcedure({ name, type, auth, input }: ListedProcedure): Json {
  const schema = input && schemaOf(input);
  const isMutation = type === "mutation";
  return {
    summary: `${type}: ${name}`,
    tags: [`tRPC: ${name.split(".")[0]}`],
    security: auth === "public" ? [] : [...securityOf("member"), ...securityOf("bearer")],
    ...(schema && isMutation ? { requestBody: { content: { "application/json": { schema } } } } : {}),
    ...(schema && !isMutation
      ? { parameters: [{ name: "input", in: "query", content: { "application/json": { schema } } }] }
      : {}),
    responses: {
      200: { description: "`{result: {data}}`; a subscription answers server-sent events." },
      default: refusals.trpc,
    },
  };
}

/** What a refusal looks like in each dialect. */
const refusals: Record<DialectName, Json> = {
  own: { description: "Refused: `{error: {code, message, details}}`." },
  openai: { description: "Refused: `{error: {message, type, param, code}}`." },
  trpc: { description: "Refused: `{error: {message, data: {code, httpStatus, errorCode}}}`." },
  v1: {
    description: "Refused.",
    content: { "application/json": { schema: schemaOf(v1RefusalSchema, "output") } },
  },
  tenantApi: {
    description: "Refused.",
    content: { "application/json": { schema: schemaOf(tenantApiErrorSchema, "output") } },
  },
};

/** What a route answers that declares no JSON. */
function ownAnswerOf(path: string): string {
  if (path.startsWith("/health")) return "OK";
  if (path.startsWith("/c/")) return "An HTML page.";
  if (path.startsWith("/openai/")) return "OpenAI's chat completion, or with `stream` its chunks.";
  return "A stream of server-sent events.";
}

/** Of the dialects of their own the first word below the prefix, or the two below `/api/admin`. */
function tagOf(path: string): string {
  const [, word] = /^\/(?:v1|api(?:\/admin)?)\/(\w+)/.exec(path) ?? [];
  if (path.startsWith("/health")) return "Health";
  if (path.startsWith("/openai/")) return "OpenAI-compatible";
  if (!word || ["chat", "widget"].includes(word)) return "Chat";
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function securityOf(auth: RouteAuth): Json[] {
  switch (auth) {
    case "public":
      return [];
    case "api key":
      return [{ apiKey: [] }];
    case "admin":
      return [{ accessToken: [] }];
    case "bearer":
      return [{ accessToken: [] }, { apiKey: [] }];
    case "visitor":
      return [{ visitor: [] }];
    case "member":
      return [{ member: [] }];
    case "visitor or member":
      return [{ visitor: [] }, { member: [] }];
  }
}

function schemaOf(schema: z.ZodType, io: "input" | "output" = "input"): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: "any" });
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
