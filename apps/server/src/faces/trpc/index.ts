import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import type { Log } from "../../platform/log/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { errorTable, findAppError, internalMessage, reportFailure } from "../error-table.ts";
import {
  actorOf,
  assertMayWork,
  assertSecondFactor,
  type Browser,
  contextFor,
  type Principal,
  type Services,
} from "../principal.ts";
import type { RateClass } from "../rate-limits.ts";
import type { Watch } from "../rights-watch.ts";
import { isStream, whileAllowed } from "./while-allowed.ts";

/** What the adapter makes of a request. `principal` and `program` are null for a guest. */
export interface TrpcContext {
  services: Services;
  principal: Principal | null;
  /** A program that showed an API key. */
  program: Ctx | null;
  browser: Browser;
  ipAddress: string | null;
  /** Counts one call in its class; throws TOO_MANY_REQUESTS. */
  countCall(name: RateClass): Promise<void>;
  /** For what goes on for long: says when the caller may not go on, or as somebody else. */
  watch: Watch;
  userAgent?: string | null;
  requestId?: string | null;
}

/** Who may call a procedure; it stands in the route list. */
export interface ProcedureMeta {
  auth: "public" | "protected" | "tenant" | "admin";
  /** Whose administrator `admin` means; the installation's unless said. */
  of?: "installation" | "tenant";
  /** The class of `rate-limits.ts` in which its calls are counted; without one, that of its kind. */
  limit?: RateClass;
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
    errorFormatter({ shape, error }) {
      const known = findAppError(error);
      if (known) {
        const status = errorTable[known.code];
        return {
          ...shape,
          message: known.message,
          data: {
            ...shape.data,
            code: status.trpc,
            httpStatus: status.http,
            errorCode: known.code,
            details: known.details,
          },
        };
      }
      // of the input only: a ZodError from further in would show the inside
      if (error.code === "BAD_REQUEST" && error.cause instanceof ZodError) {
        const fields = error.cause.issues.map((issue) => ({
          path: issue.path.join("."),
          message: issue.message,
        }));
        return {
          ...shape,
          message: z.prettifyError(error.cause),
          data: { ...shape.data, errorCode: "VALIDATION_ERROR", details: { fields } },
        };
      }
      const isOurs = error.code === "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: isOurs ? internalMessage : shape.message,
        data: { ...shape.data, errorCode: isOurs ? "INTERNAL" : error.code, details: undefined },
      };
    },
  });

export const router = t.router;
export const mergeRouters = t.mergeRouters;

/** An error as tRPC's own, with the status that its code has in the table. */
export function toTrpcError(error: unknown): unknown {
  const known = findAppError(error);
  if (!known) return error;
  return new TRPCError({ code: errorTable[known.code].trpc, message: known.message, cause: known });
}

const withErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  throw toTrpcError(result.error);
});

/** Each call of a batch counts. What anyone may call counts as a known caller's where there is one. */
const counted = t.middleware(async ({ ctx, meta, next }) => {
  const isKnown = ctx.principal !== null || ctx.program !== null;
  const ofKind = meta?.auth !== "public" ? "tenant" : isKnown ? "authenticated" : "public";
  await ctx.countCall(meta?.limit ?? ofKind);
  return next();
});

/** A subscription's caller is looked at again while it lasts. */
const listening = t.middleware(async ({ ctx, type, next }) => {
  const result = await next();
  if (type !== "subscription" || !result.ok || !isStream(result.data)) return result;
  const tenantId = ctx.program?.tenantId ?? ctx.principal?.tenant.id;
  if (tenantId === undefined) return result;
  const { services, watch } = ctx;
  const allowed = whileAllowed(result.data, { events: services.events, tenantId, watch });
  return { ...result, data: withTrpcErrors(allowed) };
});

async function* withTrpcErrors<Value>(source: AsyncIterable<Value>): AsyncGenerator<Value> {
  try {
    yield* source;
  } catch (error) {
    throw toTrpcError(error);
  }
}

/** For the adapter's `onError`, which hears of every failure: of the context, a procedure, a running subscription. */
export function reportTrpcError(
  log: Log,
  { error, path }: { error: TRPCError; path?: string | undefined },
): void {
  const isOurs = error.code === "INTERNAL_SERVER_ERROR" || findAppError(error) !== null;
  if (isOurs) reportFailure(log, error.cause ?? error, { path });
}

export const publicProcedure = t.procedure.meta({ auth: "public" }).use(withErrors).use(counted);

/**
 * Someone signed in, also where the tenant still waits for their second factor or is suspended: for what they
 * need to get there, or out again. Everything else is a `protectedProcedure`.
 */
export const signedInProcedure = t.procedure
  .meta({ auth: "protected" })
  .use(withErrors)
  .use(counted)
  .use(listening)
  .use(({ ctx, next }) => {
    if (!ctx.principal) throw new AppError("UNAUTHORIZED", "Sign in first.");
    const { principal, services, ipAddress } = ctx;
    return next({
      ctx: { principal, ...contextFor(services, actorOf(principal), principal.tenant.id, ipAddress, ctx) },
    });
  });

/** Someone signed in, with their second factor, also where the tenant is suspended: for what is their own. */
export const ownProcedure = signedInProcedure.use(({ ctx, next }) => {
  assertSecondFactor(ctx.principal);
  return next();
});

/** Someone signed in, in their tenant: the procedure's context is a verb's. */
export const protectedProcedure = signedInProcedure.use(({ ctx, next }) => {
  assertMayWork(ctx.principal);
  return next();
});

/** The same, for what seed 000 calls a tenant procedure: a program with its API key may call it as well. */
export const tenantProcedure = t.procedure
  .meta({ auth: "tenant" })
  .use(withErrors)
  .use(counted)
  .use(listening)
  .use(({ ctx, next }) => {
    const { principal, program, services, ipAddress } = ctx;
    if (program) return next({ ctx: program });
    if (!principal) throw new AppError("UNAUTHORIZED", "Sign in first, or send an API key.");
    assertMayWork(principal);
    return next({ ctx: contextFor(services, actorOf(principal), principal.tenant.id, ipAddress, ctx) });
  });

/** An administrator of the installation, whatever their role in a tenant. */
export const adminProcedure = protectedProcedure.meta({ auth: "admin" }).use(({ ctx, next }) => {
  if (ctx.principal.user.platformRole === "ADMIN") return next();
  throw new AppError("FORBIDDEN", "Only an administrator of this installation may do that.");
});

/**
 * What seed 003 leaves to an administrator: of the community, which is the caller's tenant. Who that is, its verbs ask
 * as of every right.
 */
export const tenantAdminProcedure = protectedProcedure.meta({ auth: "admin", of: "tenant" });
