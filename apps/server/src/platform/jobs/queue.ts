import type { z } from "zod";

/** A kind of work that outlives its request: at least once, in the background, retried with bounds. */
export interface Queue<Data> {
  readonly name: string;
  readonly schema: z.ZodType<Data>;
  /** How often a failed job is tried again before it is given up and shown. */
  readonly retryLimit: number;
  /** Seconds before the first retry; doubled for each further one. */
  readonly retryDelaySeconds: number;
  /** Seconds that one try may take before it counts as failed. */
  readonly expireSeconds: number;
}

/** A queue of whatever data. */
export type AnyQueue = Omit<Queue<unknown>, "schema">;

export function defineQueue<Data>(
  queue: Pick<Queue<Data>, "name" | "schema"> & Partial<Queue<Data>>,
): Queue<Data> {
  return { retryLimit: 3, retryDelaySeconds: 5, expireSeconds: 600, ...queue };
}
