import type { FastifyReply } from "fastify";
import { type Actor, idOfActor } from "../platform/ctx/index.ts";
import { AppError } from "../platform/errors/index.ts";
import { addressKey, type RateLimiter, type RateLimitResult } from "../platform/rate-limit/index.ts";
import { type RateClass, type RatePolicy, ratePolicies } from "./rate-limits.ts";

/** Who calls, as far as it is known. */
export interface Counted {
  address: string;
  caller: { tenantId: string; actor: Actor } | null;
}

/**
 * Counts a call and tells the client in `x-ratelimit-*` what is left: of several rules the one that leaves least.
 * Throws TOO_MANY_REQUESTS with `retryAfterSeconds`. Without a reply, where the call came over a socket.
 */
export type EnforceRateLimit = (name: RateClass, who: Counted, reply: FastifyReply | null) => Promise<void>;

/** `scale` multiplies every limit of the table: for an installation that many share one address, or a load test. */
export function createRateLimits(rateLimiter: RateLimiter, scale: number): EnforceRateLimit {
  return async (name, who, reply) => {
    const policy: RatePolicy = ratePolicies[name];
    const subject = `${name}/${keyOf(policy.by, who)}`;
    for (const { limit, windowMs } of policy.rules) {
      const result = await rateLimiter.hit(subject, { limit: Math.ceil(limit * scale), windowMs });
      tell(reply, result);
      if (!result.allowed) throw tooMany(reply, result);
    }
  };
}

/** Nobody gets another count by another name: the parts come from what was verified, never from a header. */
function keyOf(by: RatePolicy["by"], { address, caller }: Counted): string {
  if (!caller || by === "address") return addressKey(address);
  return by === "tenant" ? caller.tenantId : `${caller.tenantId}/${idOfActor(caller.actor)}`;
}

function tell(reply: FastifyReply | null, { limit, remaining, resetAt }: RateLimitResult): void {
  if (!reply || reply.raw.headersSent) return;
  const told = reply.getHeader("x-ratelimit-remaining");
  if (told !== undefined && Number(told) <= remaining) return;
  reply.header("x-ratelimit-limit", limit);
  reply.header("x-ratelimit-remaining", remaining);
  reply.header("x-ratelimit-reset", Math.ceil(resetAt.getTime() / 1000));
}

function tooMany(reply: FastifyReply | null, { retryAfterSeconds }: RateLimitResult): AppError {
  if (reply && !reply.raw.headersSent) reply.header("retry-after", retryAfterSeconds);
  return new AppError("TOO_MANY_REQUESTS", `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
    details: { retryAfterSeconds },
  });
}
