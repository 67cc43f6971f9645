import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { assertShown, type Try, tryCode } from "./try-code.ts";
import { lockTwoFactor } from "./two-factors.ts";

export interface Proof {
  /** When the second factor was shown: what `sessions.mfa_at` keeps. */
  mfaAt: Date;
  /** How many backup codes are left, where one was used; null for a code of the app. */
  backupCodesLeft: number | null;
}

/**
 * Checks a code of someone's authenticator app, or a backup code. Every way to show one goes through here, so that
 * tries are counted together: a code works once, also in parallel, and after five wrong ones none is looked at for a
 * while. Throws VALIDATION_ERROR for a wrong code, TOO_MANY_REQUESTS while locked, ILLEGAL_TRANSITION without an app.
 * To be called outside a transaction: a wrong try is kept although this throws.
 */
export async function proveSecondFactor(ctx: Ctx, userId: string, code: string): Promise<Proof> {
  const found = await inTx(ctx, async (ctx) => {
    const row = await lockTwoFactor(userId);
    if (!row?.confirmedAt) return null;
    const found = await tryCode(ctx, row, code);
    await noteTry(ctx, userId, found, row.lockedUntil);
    return found;
  });
  if (!found) {
    throw new AppError("ILLEGAL_TRANSITION", "No authenticator app is set up. Set one up first.");
  }
  const mfaAt = ctx.now();
  assertShown(found, mfaAt);
  return { mfaAt, backupCodesLeft: found.kind === "backup code" ? found.left : null };
}

/** What a try means to whoever looks after the workspace. */
export async function noteTry(
  ctx: Ctx,
  userId: string,
  found: Try,
  lockedBefore: Date | null,
): Promise<void> {
  const event = { userId, tenantId: ctx.tenantId, ipAddress: ctx.ipAddress };
  if (found.kind === "wrong") await recordSecurityEvent(ctx, { kind: "mfa_failed", ...event });
  if (found.kind === "backup code") {
    await recordSecurityEvent(ctx, { kind: "backup_code_used", ...event, detail: { left: found.left } });
  }
  // once when it locks, not for each try meanwhile
  if (found.kind === "locked" && found.until.getTime() !== lockedBefore?.getTime()) {
    const detail = { factor: "second", until: found.until.toISOString() };
    await recordSecurityEvent(ctx, { kind: "locked_out", ...event, detail });
  }
}
