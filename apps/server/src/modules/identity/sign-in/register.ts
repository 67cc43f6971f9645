import type { z } from "zod";
import type { Browser, RequestFacts, Services } from "../../../faces/principal.ts";
import { contextFor } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { recordAudit } from "../audit.ts";
import { signUpOf } from "../auth/auth-of.ts";
import { createAccount, hashPassword } from "../auth/create-account.ts";
import { startingTenant } from "../auth/first-tenant.ts";
import { beginSession } from "../auth/sessions.ts";
import { changeAccount } from "../users.ts";
import { askForAccountMail } from "./account-mail.ts";
import type { registerAnswerSchema, registerSchema } from "./sign-in.schema.ts";
import { assertMayUsePassword } from "./sso-only.ts";

export interface Caller extends RequestFacts {
  services: Services;
  browser: Browser;
  ipAddress: string | null;
}

/** Makes an account and a tenant of one's own; the browser is signed in at once where no mail can be sent. */
export async function register(
  caller: Caller,
  input: z.output<typeof registerSchema>,
): Promise<z.infer<typeof registerAnswerSchema>> {
  const made = await registerAccount(caller, input);
  if (!made) return { status: "verify-email" };
  await beginSession(caller.services, caller.browser, { userId: made.userId });
  return { status: "signed-in" };
}

/**
 * Makes an account and a tenant of one's own. Where mail can be sent, the address has to be confirmed first: null, also
 * for an address that has an account already, which gets a mail that says so. Without mail the account is ready, and
 * EMAIL_TAKEN cannot be avoided. Throws FORBIDDEN where sign-up is closed.
 */
export async function registerAccount(
  { services, ipAddress, ...facts }: Omit<Caller, "browser">,
  { name, email, password, language }: z.output<typeof registerSchema>,
): Promise<{ userId: string } | null> {
  if (signUpOf(services) === "closed") {
    throw new AppError("FORBIDDEN", "Nobody makes an account here by themselves. Ask for an invitation.");
  }
  await assertMayUsePassword(services.db, { userId: null, email });
  const passwordHash = await hashPassword(services, password); // for a known address too: the time must not differ
  const { canSend } = services.ports.mailer;
  const made = await createAccount(services, { name, email, passwordHash, emailVerified: false });
  if (made) {
    await changeAccount(services.db, made.userId, {
      language: language ?? null,
      ...(canSend ? { status: "PENDING_VERIFICATION" } : {}),
    });
    const tenantId = await startingTenant(services.db, made.userId, "open");
    const actor = { kind: "system", name: "sign-up" } as const;
    await inTx(contextFor(services, actor, tenantId, ipAddress, facts), (ctx) =>
      recordAudit(ctx, {
        action: "user.registered",
        subjectType: "user",
        subjectId: made.userId,
        after: { name, email: email.toLowerCase() },
      }),
    );
  }
  if (canSend) {
    const kind = made ? "verify-email" : "known-address";
    await askForAccountMail(services, { kind, email, language: language ?? null, ipAddress });
    return null;
  }
  if (!made) {
    throw new AppError(
      "EMAIL_TAKEN",
      "There is already an account with this e-mail address. Sign in instead.",
    );
  }
  return made;
}
