import type { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import { beginSession } from "../auth/sessions.ts";
import { verifyPassword } from "../passwords.ts";
import { findUserByEmail } from "../users.ts";
import { askForAccountMail } from "./account-mail.ts";
import { noteFailedSignIn } from "./failed-sign-ins.ts";
import { countTry } from "./lockout.ts";
import type { Caller } from "./register.ts";
import { showSecondFactor, trustAfterSignIn } from "./second-factor-step.ts";
import type { LoginAnswer, loginSchema } from "./sign-in.schema.ts";
import { assertMayUsePassword } from "./sso-only.ts";

export type Credentials = { email: string; password: string };

/**
 * Whose e-mail address and password these are. Throws UNAUTHORIZED, alike and after the same work, for an unknown
 * address, a wrong password, and any password after too many tries; ACCOUNT_SUSPENDED for a suspended account, but only to
 * whoever knows its password.
 */
export async function checkPassword(
  { services, ipAddress, userAgent }: Pick<Caller, "services" | "ipAddress"> & { userAgent: string | null },
  { email, password }: Credentials,
): Promise<{ userId: string; emailVerified: boolean }> {
  const { isAllowed, isLast, forgive } = await countTry(services, email, ipAddress);
  const user = await findUserByEmail(services.db, email);
  const isRight = await verifyPassword(services, user?.id ?? null, password);
  if (!user || !isRight || !isAllowed) {
    await noteFailedSignIn(services, { email, ipAddress, userAgent, isLast });
    throw new AppError(
      "UNAUTHORIZED",
      "This e-mail address and password do not belong together. After several wrong tries even the right password is refused for a while.",
    );
  }
  if (user.status === "SUSPENDED") {
    throw new AppError("ACCOUNT_SUSPENDED", "This account is suspended. Ask whoever runs this installation.");
  }
  await assertMayUsePassword(services.db, { userId: user.id, email: user.email });
  await forgive();
  return { userId: user.id, emailVerified: user.emailVerified };
}

/**
 * Signs in with a password, and a second factor where one is set up. A session that the browser had before ends. Where
 * mail can be sent and the address was never confirmed, nobody is signed in and another link is sent.
 */
export async function signIn(
  caller: Caller,
  { email, password, ...factor }: z.output<typeof loginSchema>,
): Promise<LoginAnswer> {
  const { services, browser, ipAddress } = caller;
  const userAgent = browser.headers.get("user-agent");
  const { userId, emailVerified } = await checkPassword(
    { services, ipAddress, userAgent },
    { email, password },
  );
  if (!emailVerified && services.ports.mailer.canSend) {
    await askForAccountMail(services, { kind: "verify-email", email, language: null, ipAddress });
    return { status: "verify-email" };
  }
  const shown = await showSecondFactor(caller, userId, factor);
  const mfaAt = shown === "shown" ? services.now() : null;
  const { sessionId } = await beginSession(services, browser, { userId, mfaAt });
  if (mfaAt && factor.trustDevice) await trustAfterSignIn(caller, userId, sessionId);
  return { status: shown === "missing" ? "second-factor" : "signed-in" };
}
