import { ApiError } from "./api.ts";
import type { Problem } from "./state.ts";

/** Before a question is sent again by itself, in milliseconds. */
const PAUSE_MS = 800;

/** Waits before the second try; the random part keeps many pages from coming back in one moment. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (1 + Math.random())));
}

/** Says a failure in the visitor's terms. */
export function problemOf(error: unknown): Problem {
  if (!navigator.onLine) return "offline";
  const status = error instanceof ApiError && error.status;
  if (status === 429) return "busy";
  if (status === 403 || status === 404) return "unavailable";
  // What fetch throws when the network fails.
  return error instanceof TypeError ? "lost" : "failed";
}
