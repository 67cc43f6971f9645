import type { Services } from "../../faces/principal.ts";

export interface Dependency {
  name: "database" | "queue" | "blobs" | "model";
  ok: boolean;
  /** Milliseconds. */
  latencyMs: number;
  detail: string;
}

/** Asks each thing that the server cannot work without, and says which model answers. */
export async function checkReadiness(
  services: Services,
): Promise<{ ready: boolean; dependencies: Dependency[] }> {
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
  ]);
  return { ready: dependencies.every((dependency) => dependency.ok), dependencies };
}

async function probe(
  name: Dependency["name"],
  ask: () => Promise<unknown>,
  detail: string,
): Promise<Dependency> {
  const start = performance.now();
  const spent = () => Math.round(performance.now() - start);
  try {
    await ask();
    return { name, ok: true, latencyMs: spent(), detail };
  } catch {
    return { name, ok: false, latencyMs: spent(), detail: `The ${name} does not answer.` };
  }
}
