import { Redis } from "ioredis";
import { describe, type RateLimit, type RateLimitResult } from "./sliding-window.ts";

/** The sum of `count` in sliding-window.ts, in one atomic step. The time comes from the caller's clock. */
const SCRIPT = `
local limit, windowMs, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local window = math.floor(now / windowMs)
local kept = redis.call("HMGET", KEYS[1], "window", "current", "previous")
local keptWindow = tonumber(kept[1] or "-2")
local current, previous = tonumber(kept[2] or "0"), tonumber(kept[3] or "0")
if keptWindow ~= window then
  previous = (keptWindow == window - 1) and current or 0
  current = 0
end
local allowed = 0
if previous * (1 - (now - window * windowMs) / windowMs) + current + 1 <= limit then
  allowed = 1
  current = current + 1
end
redis.call("HSET", KEYS[1], "window", window, "current", current, "previous", previous)
redis.call("PEXPIRE", KEYS[1], 2 * windowMs)
return { allowed, window, current, previous }
`;

/** Counts in Redis, shared by all processes. Rejects if Redis does not answer within a second. */
export function createRedisCounter(redisUrl: string) {
  const redis = new Redis(redisUrl, {
    commandTimeout: 1000,
    connectTimeout: 1000,
    // While the connection is down a hit fails at once, instead of waiting in a queue.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  redis.on("error", () => {}); // each failing hit reports; an event without a listener would end the process
  const firstOutcome = new Promise<void>((resolve) => {
    redis.once("ready", resolve);
    redis.once("error", () => resolve());
    redis.once("end", () => resolve());
  });

  return {
    async hit(key: string, rule: RateLimit, now: number): Promise<RateLimitResult> {
      await firstOutcome;
      const name = nameOf(key, rule);
      const reply: unknown = await redis.eval(SCRIPT, 1, name, rule.limit, rule.windowMs, now);
      const [allowed, window, current, previous] = fourNumbers(reply);
      return describe(allowed === 1, { window, current, previous }, rule, now);
    },
    async forget(key: string, rule: RateLimit): Promise<void> {
      await firstOutcome;
      await redis.del(nameOf(key, rule));
    },
    /** Rejects within a second while Redis does not answer. */
    async check(): Promise<void> {
      await firstOutcome;
      await redis.ping();
    },
    close: () => redis.disconnect(),
  };
}

function nameOf(key: string, { windowMs }: RateLimit): string {
  return `rate-limit:${windowMs}:${key}`;
}

function fourNumbers(reply: unknown): [number, number, number, number] {
  if (Array.isArray(reply)) {
    const [a, b, c, d]: unknown[] = reply;
    if (typeof a === "number" && typeof b === "number" && typeof c === "number" && typeof d === "number") {
      return [a, b, c, d];
    }
  }
  throw new Error("Redis gave an unexpected reply to the rate limit script.");
}
