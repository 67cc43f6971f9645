import { vi } from "vitest";

/** Milliseconds: longer than anything takes on a machine several times slower, shorter than a test may take. */
const atMost = 25_000;

/**
 * Looks again and again until `check` no longer throws, and gives what it returns: for what another part of the product does
 * in its own time. Nobody waits longer than that takes, so the bound says only when to give up; Vitest's own second is
 * over too soon on a busy machine.
 */
export function eventually<Result>(
  check: () => Result | Promise<Result>,
  { timeout = atMost, interval = 30 }: { timeout?: number; interval?: number } = {},
): Promise<Result> {
  return vi.waitFor(check, { timeout, interval });
}
