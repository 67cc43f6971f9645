import { eq } from "drizzle-orm";
import type { Ctx } from "../../../ports/index.ts";
import { passkeys } from "../auth/auth.tables.ts";
import { tenants } from "../identity.tables.ts";
import { openCodes } from "./backup-codes.ts";
import { hasPassword, isFresh } from "./confirm-person.ts";
import { findTwoFactor } from "./two-factors.ts";

export interface MfaStatus {
  enabled: boolean;
  /** Whether this workspace asks every member for a second factor. */
  required: boolean;
  /** Null where two-step verification is off. */
  backupCodesLeft: number | null;
  passkeys: number;
  /** Until then no code is looked at, after too many wrong ones. */
  lockedUntil: Date | null;
  hasPassword: boolean;
  /** How a change here is confirmed: not at all just after signing in, by the password, or by signing in anew. */
  confirmBy: "nothing" | "password" | "signing in";
}

/** How the second step of someone's sign-in stands. Named system queries, about themselves. */
export async function mfaStatus(ctx: Ctx, userId: string, sessionId: string): Promise<MfaStatus> {
  const db = ctx.db.system();
  const row = await findTwoFactor(ctx.db, userId);
  const [tenant] = await db
    .select({ requireMfa: tenants.requireMfa })
    .from(tenants)
    .where(eq(tenants.id, ctx.tenantId));
  const password = await hasPassword(ctx, userId);
  const enabled = row !== null && row.confirmedAt !== null;
  const isLocked = row?.lockedUntil && row.lockedUntil > ctx.now();
  return {
    enabled,
    required: tenant?.requireMfa ?? false,
    backupCodesLeft: enabled ? openCodes(ctx.vault, userId, row.backupCodes).length : null,
    passkeys: await db.$count(passkeys, eq(passkeys.userId, userId)),
    lockedUntil: isLocked ? row.lockedUntil : null,
    hasPassword: password,
    confirmBy: (await isFresh(ctx, sessionId)) ? "nothing" : password ? "password" : "signing in",
  };
}
