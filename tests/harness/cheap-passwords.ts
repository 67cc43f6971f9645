import { scryptSync } from "node:crypto";
import { authOf } from "../../apps/server/src/modules/identity/index.ts";
import { constantTimeEqual, randomToken } from "../../apps/server/src/platform/crypto/index.ts";
import type { Ports } from "../../apps/server/src/ports/index.ts";

/** Of the same kind as the real one at a twentieth of its cost: tests sign up thousands of people. */
function hash(password: string, salt = randomToken()): string {
  return `${salt}:${scryptSync(password.normalize("NFKC"), salt, 64, { N: 1024, r: 8, p: 1 }).toString("hex")}`;
}

/**
 * Has a server hash passwords cheaply. What is said of hashing itself is tested with the real cost (sign-in.api.test.ts,
 * by `passwords: "real"`), as is all that the browser tests do.
 */
export async function hashCheaply(services: { ports: Pick<Ports, "auth"> }): Promise<void> {
  const context = await authOf(services).$context;
  context.password.hash = async (password) => hash(password);
  context.password.verify = async ({ hash: kept, password }) =>
    constantTimeEqual(kept, hash(password, kept.split(":")[0]));
}
