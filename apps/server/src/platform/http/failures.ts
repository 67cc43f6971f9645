import { AppError } from "../errors/index.ts";
import { addressNotAllowed } from "./checked-connect.ts";

const TIMEOUTS = new Set([
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "ETIMEDOUT",
]);

/**
 * Puts a failure of the HTTP client into our words. The text names no address, port or system error: what the
 * server sees of its own network is not for the one who chose the URL. The cause is kept for the log.
 */
export function describeFailure(error: unknown): AppError {
  for (
    let inner: unknown = error, depth = 0;
    inner instanceof Error && depth < 5;
    inner = inner.cause, depth++
  ) {
    if (inner instanceof AppError) return inner;
    if (inner.message === "bad port") return addressNotAllowed(error);
    if ("code" in inner && typeof inner.code === "string" && TIMEOUTS.has(inner.code)) {
      return new AppError("UPSTREAM_TIMEOUT", "The other server did not answer in time.", { cause: error });
    }
  }
  return new AppError("UPSTREAM_FAILED", "The other server could not be reached or broke off.", {
    cause: error,
  });
}
