import { Resolver } from "node:dns/promises";
import { AppError } from "../../platform/errors/index.ts";
import type { Dns } from "../../ports/index.ts";

/** What a resolver says of a name that has no such record. */
const nothingThere = new Set(["ENOTFOUND", "ENODATA"]);

/**
 * Asks the given resolvers ("192.0.2.1" or "192.0.2.1:5353"), or those of this machine. Each question is asked
 * anew: nothing is remembered between two of them.
 */
export function connectDns(servers: readonly string[]): Dns {
  return {
    async texts(name) {
      const resolver = new Resolver({ timeout: 3_000, tries: 2 });
      if (servers.length > 0) resolver.setServers(servers);
      try {
        return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
      } catch (cause) {
        const code = cause instanceof Error && "code" in cause ? cause.code : null;
        if (typeof code === "string" && nothingThere.has(code)) return [];
        throw new AppError(
          "UPSTREAM_FAILED",
          "The name servers did not answer. Try again in a few minutes.",
          {
            cause,
          },
        );
      }
    },
  };
}
