import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Ctx } from "../../ports/index.ts";
import type { RequestFacts, Services } from "../principal.ts";
import type { RateClass } from "../rate-limits.ts";
import type { DialectName } from "./dialect.ts";

/**
 * Who may call a route. A visitor shows the token of their widget session, a member their cookie, a program its API
 * key. A bearer shows an access token or an API key; an admin is a bearer who administers the installation.
 */
export type RouteAuth =
  | "public"
  | "visitor"
  | "member"
  | "visitor or member"
  | "api key"
  | "bearer"
  | "admin";

type Parsed<Schema extends z.ZodType | undefined> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export interface RouteInput<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
> {
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
  /** As it came, where the record says `rawBody`; else null. */
  rawBody: string | null;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
  /** For what goes on for long: aborts as well within 5 seconds of when the caller may not go on, or as somebody else. */
  untilRefused(): AbortSignal;
}

/**
 * An HTTP route as a record: who may call it, how often, what goes in and out. The OpenAPI document and
 * the route list are made from the same record. A route without `response` answers a stream by itself.
 */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for parameters. */
  path: string;
  summary: string;
  auth: RouteAuth;
  /** How its refusals are written; the product's own unless said. */
  dialect?: DialectName;
  /** Of a good answer; 200 unless said. */
  status?: 200 | 201;
  /** The class of `rate-limits.ts` in which its calls are counted; without one, that of its kind. */
  limit?: RateClass;
  /** Bytes of a body, where files may stand in it; the server's own bound unless said. */
  bodyLimit?: number;
  /** The body is wanted as it came too: whoever sends it signs its bytes. */
  rawBody?: boolean;
  /** The body is a form's fields, not JSON. */
  form?: boolean;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response?: z.ZodType;
  run(caller: Caller, input: RouteInput<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
}

export interface Caller extends RequestFacts {
  services: Services;
  /** Null on a public route. */
  ctx: Ctx | null;
  ipAddress: string;
}

/** A route for which someone must be known: `run` gets their context. */
export function route<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: {
  method: Route["method"];
  path: string;
  summary: string;
  auth: Exclude<RouteAuth, "public">;
  dialect?: DialectName;
  status?: 200 | 201;
  limit?: RateClass;
  bodyLimit?: number;
  params?: Params;
  query?: Query;
  body?: Body;
  response?: z.ZodType;
  run(ctx: Ctx, input: RouteInput<Params, Query, Body>): Promise<unknown>;
}): Route {
  const { run, ...record } = definition;
  return {
    ...withoutUndefined(record),
    run(caller, input) {
      if (!caller.ctx) throw new Error(`${definition.path} was reached without a caller.`);
      return run(caller.ctx, input as RouteInput<Params, Query, Body>); // parsed by the record's own schemas
    },
  };
}

/** A route that anyone may call. */
export function publicRoute<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: {
  method: Route["method"];
  path: string;
  summary: string;
  dialect?: DialectName;
  status?: 200 | 201;
  limit?: RateClass;
  rawBody?: boolean;
  form?: boolean;
  params?: Params;
  query?: Query;
  body?: Body;
  response?: z.ZodType;
  run(caller: Caller, input: RouteInput<Params, Query, Body>): Promise<unknown>;
}): Route {
  const { run, ...record } = definition;
  return {
    ...withoutUndefined(record),
    auth: "public",
    run: (caller, input) => run(caller, input as RouteInput<Params, Query, Body>), // as above
  };
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as Defined<Value>; // entries of the same object
}
