import type { FastifyRequest } from "fastify";

/**
 * How a group of routes speaks: the product's own JSON, OpenAI's, tRPC's, seed 004's envelope under `/v1`, or seed
 * 002's under `/api`. A route's record names it; for an address that no route has, its beginning tells.
 */
export type DialectName = "own" | "openai" | "trpc" | "v1" | "tenantApi";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Said by the routes that do not speak as the beginning of their address would tell. */
    dialect?: DialectName;
  }
}

/** The dialect in which a request is to be answered. */
export function dialectOf(request: FastifyRequest): DialectName {
  const { config, url } = request.routeOptions;
  if (config?.dialect) return config.dialect;
  const path = request.url.split("?", 1)[0] ?? "";
  if (path.startsWith("/openai/")) return "openai";
  if (path.startsWith("/trpc/")) return "trpc";
  if (/^\/v1(\/|$)/.test(path)) return "v1";
  // what has a route there without naming a dialect speaks the product's own
  return url === undefined && /^\/api(\/|$)/.test(path) ? "tenantApi" : "own";
}
