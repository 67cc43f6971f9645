import type { z } from "zod";
import type { Browser } from "../../../faces/principal.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { changeOwnPassword, recordAudit, recordSecurityEvent } from "../../identity/index.ts";
import type { changePasswordSchema } from "../account.schema.ts";
import { ownId } from "./profile.ts";

/** Tries at the current password, for each account: a stolen session must not become a way to guess it. */
const tries = { limit: 10, windowMs: 15 * 60_000 };

/**
 * Changes the signed-in user's password and ends all their other sessions. Throws VALIDATION_ERROR where the
 * current password is wrong, TOO_MANY_REQUESTS after ten tries in a quarter of an hour.
 */
export async function changePassword(
  ctx: Ctx,
  input: z.infer<typeof changePasswordSchema> & { sessionId: string },
  browser: Browser,
): Promise<void> {
  const id = ownId(ctx);
  const attempt = await ctx.rateLimiter.hit(`change-password/${id}`, tries);
  if (!attempt.allowed) {
    const minutes = Math.ceil(attempt.retryAfterSeconds / 60);
    throw new AppError("TOO_MANY_REQUESTS", `Too many tries. Wait ${minutes} minutes.`, {
      details: { retryAfterSeconds: attempt.retryAfterSeconds },
    });
  }
  await changeOwnPassword(ctx, browser, { ...input, userId: id }, async (ctx) => {
    await recordAudit(ctx, { action: "user.password_changed", subjectType: "user", subjectId: id });
    await recordSecurityEvent(ctx, { kind: "password_changed", userId: id, ipAddress: ctx.ipAddress });
  });
}
