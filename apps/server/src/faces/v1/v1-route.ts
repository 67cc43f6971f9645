import type { z } from "zod";
import type { Ctx } from "../../ports/index.ts";
import type { Caller, Route, RouteAuth, RouteInput } from "../http/route.ts";
import { publicRoute, route } from "../http/route.ts";
import type { RateClass } from "../rate-limits.ts";
import { type V1PageQuery, v1Meta, v1PageSchema, v1Pagination, v1Schema } from "./envelope.ts";

interface Definition<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  Data extends z.ZodType,
> {
  method: Route["method"];
  /** Below `/v1`, with `{name}` for parameters. */
  path: string;
  summary: string;
  /** 201 where something was made; 200 unless said. */
  status?: 200 | 201;
  limit?: RateClass;
  bodyLimit?: number;
  params?: Params;
  query?: Query;
  body?: Body;
  /** What stands under `data`; of a list, one entry of it. */
  data: Data;
}

type Signed = { auth?: Exclude<RouteAuth, "public"> };

/** A route of seed 004 for a bearer: `run` answers what goes under `data` of its envelope. */
export function v1Route<
  Data extends z.ZodType,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Params, Query, Body, Data> &
    Signed & { run(ctx: Ctx, input: RouteInput<Params, Query, Body>): Promise<z.input<Data>> },
): Route {
  const { run, data, ...record } = definition;
  return route<Params, Query, Body>({
    ...inDialect(record),
    auth: definition.auth ?? "bearer",
    response: v1Schema(data),
    run: async (ctx, input) => ({
      success: true,
      data: await run(ctx, input),
      meta: v1Meta(input.request, ctx.now()),
    }),
  });
}

/** A list of seed 004: `run` answers one page and how many there are, or the least; `data` describes one entry. */
export function v1ListRoute<
  Data extends z.ZodType,
  Query extends z.ZodType<V1PageQuery>,
  Params extends z.ZodType | undefined = undefined,
>(
  definition: Omit<Definition<Params, Query, undefined, Data>, "method" | "query" | "body"> &
    Signed & {
      /** `v1PageQuery`, extended by the list's filters. */
      query: Query;
      run(
        ctx: Ctx,
        input: RouteInput<Params, Query, undefined>,
      ): Promise<{ items: z.input<Data>[]; total: number; isTotalExact?: boolean }>;
    },
): Route {
  const { run, data, ...record } = definition;
  return route<Params, Query>({
    ...inDialect({ ...record, method: "GET" as const }),
    auth: definition.auth ?? "bearer",
    response: v1PageSchema(data),
    async run(ctx, input) {
      const { items, total, ...told } = await run(ctx, input);
      const meta = v1Meta(input.request, ctx.now());
      const pagination = v1Pagination(pageOf(input.query), total, told);
      return { success: true, data: items, pagination, meta };
    },
  });
}

/** A route of seed 004 that anyone may call. */
export function publicV1Route<
  Data extends z.ZodType,
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Params, Query, Body, Data> & {
    run(caller: Caller, input: RouteInput<Params, Query, Body>): Promise<z.input<Data>>;
  },
): Route {
  const { run, data, ...record } = definition;
  return publicRoute<Params, Query, Body>({
    ...inDialect(record),
    response: v1Schema(data),
    run: async (caller, input) => ({
      success: true,
      data: await run(caller, input),
      meta: v1Meta(input.request, caller.services.now()),
    }),
  });
}

function inDialect<Record extends { path: string; limit?: RateClass }>(record: Record) {
  return {
    ...record,
    path: `/v1${record.path}`,
    dialect: "v1" as const,
    limit: record.limit ?? ("v1" as const),
  };
}

function pageOf({ page, pageSize }: V1PageQuery): V1PageQuery {
  return { page, pageSize };
}
