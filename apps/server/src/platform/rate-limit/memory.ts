import { type Counts, count, describe, type RateLimit, type RateLimitResult } from "./sliding-window.ts";

type Entry = Counts & { windowMs: number };

/**
 * Counts in this process. Holds at most `maxKeys` keys: keys of past windows go first, then those not
 * hit for the longest time.
 */
export function createMemoryCounter({ maxKeys }: { maxKeys: number }) {
  // A Map keeps insertion order and every hit inserts anew: the first entry is the one idle for longest.
  const entries = new Map<string, Entry>();

  const forget = (now: number) => {
    // Two looks per hit are enough to outrun growth of one key per hit, and keep the cost constant.
    for (let looks = 0; looks < 2; looks++) {
      const [oldest] = entries;
      if (!oldest) return;
      const [key, { window, windowMs }] = oldest;
      const past = now >= (window + 2) * windowMs;
      if (!past && entries.size <= maxKeys) return;
      entries.delete(key);
    }
  };

  return {
    hit(key: string, rule: RateLimit, now: number): RateLimitResult {
      const name = `${rule.windowMs}:${key}`;
      const { allowed, counts } = count(entries.get(name), rule, now);
      entries.delete(name);
      entries.set(name, { ...counts, windowMs: rule.windowMs });
      forget(now);
      return describe(allowed, counts, rule, now);
    },
    forget(key: string, rule: RateLimit): void {
      entries.delete(`${rule.windowMs}:${key}`);
    },
    size: () => entries.size,
  };
}
