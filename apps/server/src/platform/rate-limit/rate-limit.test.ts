import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRateLimiter, type RateLimiter, type RateLimiterOptions } from "./index.ts";
import { createMemoryCounter } from "./memory.ts";

const redisUrl = process.env.REDIS_URL;
if (!redisUrl) process.stderr.write("rate-limit: the Redis half is skipped, because REDIS_URL is not set\n");

const open: RateLimiter[] = [];
const limiter = (options: RateLimiterOptions) => {
  const made = createRateLimiter(options);
  open.push(made);
  return made;
};
afterEach(() => {
  for (const made of open.splice(0)) made.close();
});

type Row = [atSecond: number, allowed: boolean, remaining: number, retryAfter: number, reset: number];

/** Each case: hits against one key, at seconds of the injected clock, and what each must answer. */
const cases: { name: string; limit: number; windowSeconds: number; hits: Row[] }[] = [
  {
    name: "counts down, refuses, and frees the limit as the window slides on",
    limit: 2,
    windowSeconds: 60,
    hits: [
      [0, true, 1, 0, 120],
      [10, true, 0, 80, 120],
      [20, false, 0, 70, 120],
      [60, false, 0, 30, 120],
      [89.999, false, 0, 1, 120],
      [90, true, 0, 30, 180],
      [119, false, 0, 1, 180],
      [120, true, 0, 60, 240],
      [500, true, 1, 0, 600],
    ],
  },
  {
    name: "one a minute is never two within a minute",
    limit: 1,
    windowSeconds: 60,
    hits: [
      [59, true, 0, 61, 120],
      [61, false, 0, 59, 120],
      [119, false, 0, 1, 120],
      [120, true, 0, 120, 240],
    ],
  },
  {
    name: "a limit of nothing allows nothing",
    limit: 0,
    windowSeconds: 10,
    hits: [
      [0, false, 0, 20, 0],
      [5, false, 0, 15, 5],
    ],
  },
  {
    name: "the window before counts by its share",
    limit: 4,
    windowSeconds: 100,
    hits: [
      [90, true, 3, 0, 200],
      [91, true, 2, 0, 200],
      [92, true, 1, 0, 200],
      [93, true, 0, 32, 200],
      [125, true, 0, 25, 300],
      [126, false, 0, 24, 300],
      [150, true, 0, 25, 300],
      [175, true, 0, 25, 300],
    ],
  },
];

const counters: [string, RateLimiterOptions, boolean][] = [
  ["memory", {}, false],
  ["Redis", redisUrl ? { redisUrl } : {}, !redisUrl],
];

describe.each(counters)("counting in %s", (_name, options, skipped) => {
  const failOnError = (error: unknown) => {
    throw error;
  };

  it.skipIf(skipped).each(cases)("$name", async ({ limit, windowSeconds, hits }) => {
    let now = 0;
    // Far from the start of time, on an edge of the window.
    const start = windowSeconds * 1000 * 1_000_000;
    const limits = limiter({ ...options, now: () => now, onRedisError: failOnError });
    const key = randomUUID();
    for (const [second, allowed, remaining, retryAfterSeconds, reset] of hits) {
      now = start + second * 1000;
      const result = await limits.hit(key, { limit, windowMs: windowSeconds * 1000 });
      const resetAt = new Date(start + reset * 1000);
      expect(result, `at ${second} s`).toEqual({ allowed, limit, remaining, retryAfterSeconds, resetAt });
    }
  });

  it.skipIf(skipped)("allows exactly the limit of 200 at once", async () => {
    const limits = limiter({ ...options, now: () => 1e12, onRedisError: failOnError });
    const key = randomUUID();
    const ask = () => limits.hit(key, { limit: 10, windowMs: 60_000 });
    const results = await Promise.all(Array.from({ length: 200 }, ask));
    expect(results.filter((result) => result.allowed)).toHaveLength(10);
  });

  it.skipIf(skipped)("keeps keys and windows apart", async () => {
    const limits = limiter({ ...options, now: () => 1e12, onRedisError: failOnError });
    const key = randomUUID();
    const allowed = async (name: string, windowMs: number) =>
      (await limits.hit(name, { limit: 1, windowMs })).allowed;
    expect(await allowed(`${key}-a`, 1000)).toBe(true);
    expect(await allowed(`${key}-b`, 1000)).toBe(true);
    expect(await allowed(`${key}-a`, 2000)).toBe(true);
    expect(await allowed(`${key}-a`, 1000)).toBe(false);
  });

  it.skipIf(skipped)("forgets the hits of a key under a rule, for every process", async () => {
    const [here, there] = [1, 2].map(() =>
      limiter({ ...options, now: () => 1e12, onRedisError: failOnError }),
    );
    if (!here || !there) throw new Error("unreachable");
    const other = options.redisUrl ? there : here; // in memory each process counts alone
    const key = randomUUID();
    const [minute, hour] = [60_000, 3_600_000].map((windowMs) => ({ limit: 1, windowMs }));
    if (!minute || !hour) throw new Error("unreachable");
    for (const rule of [minute, hour]) await here.hit(key, rule);
    expect((await other.hit(key, minute)).allowed).toBe(false);
    await other.forget(key, minute);
    expect((await here.hit(key, minute)).allowed).toBe(true);
    expect((await here.hit(key, hour)).allowed).toBe(false);
  });

  it.skipIf(skipped)("names a moment at which a hit is indeed allowed", async () => {
    for (let limit = 1; limit <= 7; limit++) {
      let now = 1e12 + 137 * limit;
      const limits = limiter({ ...options, now: () => now, onRedisError: failOnError });
      const key = randomUUID();
      for (let hit = 0; hit < 60; hit++) {
        const result = await limits.hit(key, { limit, windowMs: 7000 });
        if (!result.allowed) expect(result.retryAfterSeconds).toBeGreaterThan(0);
        if (result.retryAfterSeconds === 0) continue;
        now += result.retryAfterSeconds * 1000;
        expect((await limits.hit(key, { limit, windowMs: 7000 })).allowed).toBe(true);
      }
    }
  });
});

describe("memory", () => {
  it("holds no more keys than it may, and forgets past ones", () => {
    const counter = createMemoryCounter({ maxKeys: 100 });
    const rule = { limit: 5, windowMs: 1000 };
    for (let i = 0; i < 10_000; i++) counter.hit(`key ${i}`, rule, 1e9);
    expect(counter.size()).toBe(100);
    for (let i = 0; i < 100; i++) counter.hit("one", rule, 1e9 + 5000);
    expect(counter.size()).toBe(1);
  });

  it("keeps the count of a key in use while others come and go", () => {
    const counter = createMemoryCounter({ maxKeys: 10 });
    const rule = { limit: 3, windowMs: 1000 };
    const allowed = Array.from({ length: 6 }, (_, i) => {
      for (let other = 0; other < 5; other++) counter.hit(`other ${i} ${other}`, rule, 1e9);
      return counter.hit("busy", rule, 1e9).allowed;
    });
    expect(allowed).toEqual([true, true, true, false, false, false]);
  });
});

describe("Redis that is away", () => {
  it("is replaced by counting in memory, and reported", async () => {
    // A port that was free a moment ago: nobody listens on it.
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    await new Promise((resolve) => server.close(resolve));

    const errors: unknown[] = [];
    const limits = limiter({
      redisUrl: `redis://127.0.0.1:${address.port}`,
      now: () => 1e12,
      onRedisError: (error) => errors.push(error),
    });
    const allowed: boolean[] = [];
    for (let i = 0; i < 4; i++) allowed.push((await limits.hit("k", { limit: 2, windowMs: 1000 })).allowed);
    expect(allowed).toEqual([true, true, false, false]);
    expect(errors).toHaveLength(4);
  });
});
