import type { FastifyReply } from "fastify";
import { z } from "zod";
import type { Ctx } from "../../ports/index.ts";
import type { Caller, Route, RouteAuth, RouteInput } from "../http/route.ts";
import { publicRoute, route } from "../http/route.ts";
import type { RateClass } from "../rate-limits.ts";

interface Definition<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  Response extends z.ZodType,
> {
  method: Route["method"];
  /** Below `/api`, with `{name}` for parameters. */
  path: string;
  summary: string;
  /** 201 where something was made; 200 unless said. */
  status?: 200 | 201;
  limit?: RateClass;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
}

/** A route of seed 002 for a bearer; its body is answered as it is. */
export function tenantApiRoute<
  Response extends z.ZodType,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Params, Query, Body, Response> & {
    auth?: Exclude<RouteAuth, "public">;
    run(ctx: Ctx, input: RouteInput<Params, Query, Body>): Promise<z.input<Response>>;
  },
): Route {
  return route<Params, Query, Body>({ ...inDialect(definition), auth: definition.auth ?? "bearer" });
}

/** A route of seed 002 that anyone may call. */
export function publicTenantApiRoute<
  Response extends z.ZodType,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Params, Query, Body, Response> & {
    run(caller: Caller, input: RouteInput<Params, Query, Body>): Promise<z.input<Response>>;
  },
): Route {
  return publicRoute<Params, Query, Body>(inDialect(definition));
}

/** The query of every list there: an array is answered, and how many there are in all stands in `x-total-count`. */
export const tenantApiPageQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Says beside an array how many there are in all. */
export function tellTotal(reply: FastifyReply, total: number): void {
  reply.header("x-total-count", total);
}

function inDialect<Record extends { path: string; limit?: RateClass }>(record: Record) {
  return {
    ...record,
    path: `/api${record.path}`,
    dialect: "tenantApi" as const,
    limit: record.limit ?? ("tenantApi" as const),
  };
}
