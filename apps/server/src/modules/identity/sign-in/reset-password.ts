import type { z } from "zod";
import { contextFor } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { recordAudit } from "../audit.ts";
import { signUpOf } from "../auth/auth-of.ts";
import { hashPassword } from "../auth/create-account.ts";
import { startingTenant } from "../auth/first-tenant.ts";
import { endSessions } from "../auth/sessions.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { putPassword } from "../passwords.ts";
import { confirmAddress } from "../users.ts";
import { askForAccountMail } from "./account-mail.ts";
import { ownerOfToken, redeemToken } from "./one-time-tokens.ts";
import type { Caller } from "./register.ts";
import type { requestResetSchema, resetPasswordSchema, verifyEmailSchema } from "./sign-in.schema.ts";

type WithoutBrowser = Omit<Caller, "browser">;

/**
 * Has a link sent by which a new password can be chosen; the answer is the same whether or not the address has an
 * account. Throws UNAVAILABLE without a mail server, whatever the address.
 */
export async function requestPasswordReset(
  { services, ipAddress }: WithoutBrowser,
  { email, language }: z.output<typeof requestResetSchema>,
): Promise<void> {
  if (!services.ports.mailer.canSend) {
    throw new AppError(
      "UNAVAILABLE",
      "This installation cannot send mail. Ask an administrator of your workspace for a link to choose a new password.",
    );
  }
  await askForAccountMail(services, { kind: "reset-password", email, language: language ?? null, ipAddress });
}

/**
 * Chooses a new password by the link of a mail, which shows as well that the address is theirs. Every session of the
 * person ends. Throws NOT_FOUND for a link that was used, has expired or never was.
 */
export async function resetPassword(
  caller: WithoutBrowser,
  { token, password }: z.output<typeof resetPasswordSchema>,
): Promise<void> {
  const { services, ipAddress } = caller;
  const userId = await ownerOfToken(services, "reset-password", token);
  const passwordHash = await hashPassword(services, password);
  const ctx = await contextOfOwner(caller, userId);
  await inTx(ctx, async (ctx) => {
    await redeemToken(ctx, "reset-password", token);
    await putPassword(userId, passwordHash);
    // without a mail server a colleague handed the link over, which proves nothing about the mailbox
    if (ctx.ports.mailer.canSend) await confirmAddress(userId, ctx.now());
    const sessions = await endSessions(userId);
    await recordAudit(ctx, {
      action: "user.password_reset",
      subjectType: "user",
      subjectId: userId,
      after: { endedSessions: sessions },
    });
    await recordSecurityEvent(ctx, { kind: "password_reset", userId, ipAddress });
  });
}

/** Confirms by the link of a mail that an address is its owner's. Throws NOT_FOUND like `resetPassword`. */
export async function verifyEmail(
  caller: WithoutBrowser,
  { token }: z.output<typeof verifyEmailSchema>,
): Promise<void> {
  const userId = await ownerOfToken(caller.services, "verify-email", token);
  const ctx = await contextOfOwner(caller, userId);
  await inTx(ctx, async (ctx) => {
    await redeemToken(ctx, "verify-email", token);
    await confirmAddress(userId, ctx.now());
    await recordAudit(ctx, {
      action: "user.email_verified",
      subjectType: "user",
      subjectId: userId,
      before: { emailVerified: false },
      after: { emailVerified: true },
    });
  });
}

/** The mailbox's owner acts, in the tenant where they work first. */
async function contextOfOwner({ services, ipAddress, ...facts }: WithoutBrowser, userId: string) {
  const tenantId = await startingTenant(services.db, userId, signUpOf(services));
  const actor = { kind: "user", userId, name: "", role: "", rights: new Set<string>() } as const;
  return contextFor(services, actor, tenantId, ipAddress, facts);
}
