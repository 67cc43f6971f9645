import { createMemoryCounter } from "./memory.ts";
import { createRedisCounter } from "./redis.ts";
import type { RateLimit, RateLimitResult } from "./sliding-window.ts";

export { addressKey } from "./address-key.ts";
export type { RateLimit, RateLimitResult } from "./sliding-window.ts";

export type RateLimiter = {
  /**
   * Asks for one more hit under the key and counts it if it is allowed. A limit of 0 allows nothing; a rule
   * that is not of whole numbers is a RangeError, and nothing else rejects. Name the purpose in the key ("sign-in:<address>"): the key is all that keeps two uses apart.
   */
  hit(key: string, rule: RateLimit): Promise<RateLimitResult>;
  /** Forgets the hits under the key that a rule counted. Where the store does not answer, they stay. */
  forget(key: string, rule: RateLimit): Promise<void>;
  /** Where it counts; null in this process alone. Rejects while the store does not answer. */
  store: { check(): Promise<void> } | null;
  close(): void;
};

export type RateLimiterOptions = {
  /** Count in this Redis, together with other processes. Without it each process counts alone, in memory. */
  redisUrl?: string;
  /** Milliseconds since 1970; processes that share a Redis need clocks that agree. Default `Date.now`. */
  now?: () => number;
  /** Most keys kept in memory. Default 100,000. */
  maxKeys?: number;
  /** Told of each hit that Redis did not answer; such a hit is counted in memory instead. */
  onRedisError?: (error: unknown) => void;
};

/**
 * A sliding-window rate limiter. Spread-out hits get the full limit; a burst right after a busy window gets less,
 * never more. While Redis is away each process limits by itself, so that limits loosen but never vanish.
 */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  const now = options.now ?? Date.now;
  const memory = createMemoryCounter({ maxKeys: options.maxKeys ?? 100_000 });
  if (!options.redisUrl) {
    return {
      hit: async (key, rule) => memory.hit(key, checked(rule), now()),
      forget: async (key, rule) => memory.forget(key, rule),
      store: null,
      close: () => {},
    };
  }
  const redis = createRedisCounter(options.redisUrl);
  return {
    async hit(key, rule) {
      const at = now();
      checked(rule);
      try {
        return await redis.hit(key, rule, at);
      } catch (error) {
        options.onRedisError?.(error);
        return memory.hit(key, rule, at);
      }
    },
    async forget(key, rule) {
      memory.forget(key, rule);
      await redis.forget(key, rule).catch((error: unknown) => options.onRedisError?.(error));
    },
    store: { check: redis.check },
    close: redis.close,
  };
}

function checked(rule: RateLimit): RateLimit {
  const whole = Number.isInteger(rule.limit) && Number.isInteger(rule.windowMs);
  if (whole && rule.limit >= 0 && rule.windowMs > 0) return rule;
  throw new RangeError("A rate limit needs a whole limit from 0 and a whole window from 1 millisecond.");
}
