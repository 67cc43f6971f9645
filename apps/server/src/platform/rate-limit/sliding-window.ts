/** How many hits are allowed in any stretch of `windowMs` milliseconds. */
export type RateLimit = { limit: number; windowMs: number };

export type RateLimitResult = {
  allowed: boolean;
  limit: number;
  /** Hits still free right now. */
  remaining: number;
  /** When the whole limit is free again if nobody hits in between. */
  resetAt: Date;
  /** Whole seconds until one more hit would be allowed; 0 if it would be now. */
  retryAfterSeconds: number;
};

/** What is kept per key: hits of the current fixed window and of the one before. */
export type Counts = { window: number; current: number; previous: number };

/**
 * The sliding-window counter: hits of the fixed window before still count, in the share by which it overlaps
 * the stretch that ends now. Refused hits are not counted, so hammering does not lengthen the wait.
 * The Redis script does this same sum.
 */
export function count(before: Counts | undefined, { limit, windowMs }: RateLimit, now: number) {
  const counts = rolledTo(Math.floor(now / windowMs), before);
  const allowed = weighted(counts, windowMs, now) + 1 <= limit;
  if (allowed) counts.current += 1;
  return { allowed, counts };
}

/** Puts counts as they are after the hit into the words of the caller. */
export function describe(
  allowed: boolean,
  counts: Counts,
  { limit, windowMs }: RateLimit,
  now: number,
): RateLimitResult {
  const remaining = Math.max(0, Math.floor(limit - weighted(counts, windowMs, now)));
  const windowEnd = (counts.window + 1) * windowMs;
  const emptyAt = counts.current > 0 ? windowEnd + windowMs : counts.previous > 0 ? windowEnd : now;
  const freeAt = remaining > 0 ? now : nextFree(counts, { limit, windowMs });
  return {
    allowed,
    limit,
    remaining,
    resetAt: new Date(emptyAt),
    retryAfterSeconds: Math.ceil((freeAt - now) / 1000),
  };
}

function rolledTo(window: number, before: Counts | undefined): Counts {
  if (before?.window === window) return { ...before };
  const previous = before && before.window === window - 1 ? before.current : 0;
  return { window, current: 0, previous };
}

function weighted({ window, current, previous }: Counts, windowMs: number, now: number): number {
  return previous * (1 - (now - window * windowMs) / windowMs) + current;
}

/** The moment at which the weighted count has faded to `limit - 1`. */
function nextFree({ window, current, previous }: Counts, { limit, windowMs }: RateLimit): number {
  const fadedAt = (start: number, fading: number, free: number) => start + windowMs * (1 - free / fading);
  const start = window * windowMs;
  if (limit < 1) return start + 2 * windowMs;
  if (current + 1 <= limit) return fadedAt(start, previous, limit - 1 - current);
  return fadedAt(start + windowMs, current, limit - 1);
}
