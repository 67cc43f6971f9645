import type { Services } from "../../faces/principal.ts";

export interface Dependency {
  name: "database" | "queue" | "blobs" | "model" | "redis";
  ok: boolean;
  /** Whether the server can work without it: Redis away, each process counts rate limits by itself. */
  required: boolean;
  /** Milliseconds. */
  latencyMs: number;
  detail: string;
}

/** Asks each thing that the server cannot work without, and says which model answers. */
export async function checkReadiness(
  services: Services,
): Promise<{ ready: boolean; dependencies: Dependency[] }> {
  const { store } = services.rateLimiter;
  const dependencies = await Promise.all([
    probe(
      "database",
      () => services.db.pool.query("select 1"),
      services.db.embedded ? "embedded" : "PostgreSQL",
    ),
    probe("queue", () => services.jobs.check(), "in the database"),
    probe("blobs", () => services.blobs.check(), "reachable and writable"),
    probe(
      "model",
      async () => {},
      services.ports.models.server ? "the server's own" : "built in, quotes documents",
    ),
    ...(store ? [probe("redis", () => store.check(), "counts rate limits for all processes")] : []),
  ]);
  return { ready: dependencies.every(({ ok, required }) => ok || !required), dependencies };
}

async function probe(
  name: Dependency["name"],
  ask: () => Promise<unknown>,
  detail: string,
): Promise<Dependency> {
  const required = name !== "redis";
  const start = performance.now();
  const spent = () => Math.round(performance.now() - start);
  try {
    await ask();
    return { name, ok: true, required, latencyMs: spent(), detail };
  } catch {
    return { name, ok: false, required, latencyMs: spent(), detail: `The ${name} does not answer.` };
  }
}
