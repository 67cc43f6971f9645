import { and, eq } from "drizzle-orm";
import type { Platform } from "../../../platform/ctx/index.ts";
import { openCodes, sealCodes } from "./backup-codes.ts";
import { twoFactors } from "./second-factor.tables.ts";
import { openSecret, sealSecret } from "./try-code.ts";

/**
 * Seals secrets and backup codes again that are not under the server's current secret, so that the former one can be
 * given up. What no known secret opens stays as it is. Named system query, for maintenance.
 */
export async function resealSecondFactors({
  db,
  vault,
  log,
}: Pick<Platform, "db" | "vault" | "log">): Promise<void> {
  for (const row of await db.system().select().from(twoFactors)) {
    const { userId, backupCodes } = row;
    if ([row.secret, backupCodes].every((sealed) => sealed === null || vault.isCurrent(sealed))) continue;
    try {
      const set = {
        secret: sealSecret(vault, userId, openSecret(vault, row)),
        backupCodes: backupCodes && sealCodes(vault, userId, openCodes(vault, userId, backupCodes)),
      };
      // a code that was used meanwhile must not come back: then the next hour does it
      const unchanged = and(
        eq(twoFactors.userId, userId),
        eq(twoFactors.secret, row.secret),
        backupCodes ? eq(twoFactors.backupCodes, backupCodes) : undefined,
      );
      await db.system().update(twoFactors).set(set).where(unchanged);
    } catch (error) {
      log.warn({ error, userId }, "a second factor is sealed under no known secret");
    }
  }
}
