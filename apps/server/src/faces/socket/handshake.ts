import type { IncomingMessage } from "node:http";
import { AppError } from "../../platform/errors/index.ts";

/** Where a request came from, whichever protocol brought it: a request of Fastify's is one as well. */
export interface Whence {
  ip: string;
  host: string;
  headers: { origin?: string | undefined; "user-agent"?: string | undefined };
  id: string;
}

/** Characters of a token; longer ones are nobody's. */
const maxToken = 8_192;

/** What stands in `auth: { token }`; throws UNAUTHORIZED. No cookie and no query counts. */
export function tokenOf(auth: Record<string, unknown>): string {
  const { token } = auth;
  if (typeof token === "string" && token !== "" && token.length <= maxToken) return token;
  throw new AppError(
    "UNAUTHORIZED",
    "Connect with `auth: { token }`, an access token or an API key that works.",
  );
}

/**
 * The address of whoever called, past as many of our own proxies as there are: what stands before them in
 * `x-forwarded-for` anyone may have written.
 */
export function addressOf(request: IncomingMessage, trustedProxies: number): string {
  const header = request.headers["x-forwarded-for"];
  const told = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .map((one) => one.trim());
  const hops = [request.socket.remoteAddress ?? "", ...told.filter((one) => one !== "").reverse()];
  return hops[Math.min(trustedProxies, hops.length - 1)] ?? "";
}
