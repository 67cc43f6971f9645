import { getAuthenticatorName } from "@better-auth/passkey";
import { isAPIError } from "better-auth/api";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Browser, Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { passkeys } from "../auth/auth.tables.ts";
import { authOf } from "../auth/auth-of.ts";
import { sessions } from "../identity.tables.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { findMembership } from "../membership.ts";
import type {
  assertionSchema,
  registrationOptionsSchema,
  registrationSchema,
  signInOptionsSchema,
} from "./passkeys.schema.ts";
import { namePasskey, type Passkey } from "./passkeys.ts";

/* The two ceremonies of Web Authentication: to begin one gives the browser a challenge, to finish checks its answer. */

type Registration = z.infer<typeof registrationSchema>;
type Assertion = z.infer<typeof assertionSchema>;

/** Passkeys for each person: the list is shown whole. */
const most = 20;

/** Begins to register a passkey of whoever the browser is signed in as. Throws CONFLICT where there are twenty. */
export async function startRegistration(
  ctx: Ctx,
  browser: Browser,
  userId: string,
): Promise<z.infer<typeof registrationOptionsSchema>> {
  if ((await ctx.db.system().$count(passkeys, eq(passkeys.userId, userId))) >= most) {
    throw new AppError(
      "CONFLICT",
      `You have ${most} passkeys, which is as many as there can be. Remove one first.`,
    );
  }
  const { headers, response } = await authOf(ctx).api.generatePasskeyRegistrationOptions({
    headers: browser.headers,
    returnHeaders: true,
  });
  browser.setCookies(headers.getSetCookie());
  return { ...response };
}

/** Keeps the passkey that answers the challenge. Throws VALIDATION_ERROR for an answer that is not one to it. */
export async function finishRegistration(
  ctx: Ctx,
  browser: Browser,
  { userId, name, response }: { userId: string; name: string | undefined; response: Registration },
): Promise<Passkey> {
  const isTaken = await ctx.db.system().$count(passkeys, eq(passkeys.credentialID, response.id));
  if (isTaken > 0) throw notAccepted();
  const kept = await refusedAsInvalid(() =>
    authOf(ctx).api.verifyPasskeyRegistration({
      headers: browser.headers,
      body: { response, name: name ?? "" },
    }),
  );
  return inTx(ctx, async (ctx) => {
    const made = getAuthenticatorName(kept.aaguid);
    const passkey = await namePasskey(userId, kept.id, name ?? made ?? "Passkey");
    await recordAudit(ctx, {
      action: "passkey.added",
      subjectType: "passkey",
      subjectId: passkey.id,
      after: { name: passkey.name },
    });
    await recordSecurityEvent(ctx, {
      kind: "passkey_added",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { passkey: passkey.name },
    });
    return passkey;
  });
}

/** Begins to sign in by a passkey: whose, it says itself. */
export async function startSignIn(
  services: Services,
  browser: Browser,
): Promise<z.infer<typeof signInOptionsSchema>> {
  const { headers, response } = await authOf(services).api.generatePasskeyAuthenticationOptions({
    headers: browser.headers,
    returnHeaders: true,
  });
  browser.setCookies(headers.getSetCookie());
  return { ...response };
}

/**
 * Signs in whoever's passkey answers the challenge, and ends the session that the browser had. A passkey that checked
 * who is at it (PIN, finger, face) is both factors in one; after any other a code may still be `second-factor`. Throws
 * VALIDATION_ERROR for an answer that is not one to it, or of no passkey that is known.
 */
export async function finishSignIn(
  services: Services,
  browser: Browser,
  { response, formerSessionId }: { response: Assertion; formerSessionId: string | null },
): Promise<"signed-in" | "second-factor"> {
  const answer = await refusedAsInvalid(() =>
    authOf(services).api.verifyPasskeyAuthentication({
      headers: browser.headers,
      body: { response },
      returnHeaders: true,
    }),
  );
  const { session } = answer.response;
  const db = services.db.system();
  if (formerSessionId !== null) await db.delete(sessions).where(eq(sessions.id, formerSessionId));
  browser.setCookies(answer.headers.getSetCookie());
  const [begun] = await db
    .select({ tenantId: sessions.activeOrganizationId, mfaAt: sessions.mfaAt })
    .from(sessions)
    .where(eq(sessions.id, session.id));
  const membership = begun?.tenantId
    ? await findMembership(services.db, session.userId, begun.tenantId)
    : null;
  const isAsked = membership?.twoFactorEnabled || membership?.tenant.requireMfa;
  return isAsked && !begun?.mfaAt ? "second-factor" : "signed-in";
}

/** What better-auth refuses of an answer is what was sent, also where it calls that a failure of its own. */
async function refusedAsInvalid<Result>(ceremony: () => Promise<Result>): Promise<Result> {
  try {
    return await ceremony();
  } catch (error) {
    if (!isAPIError(error)) throw error;
    if (error.body?.code === "ACCOUNT_SUSPENDED" || error.body?.code === "MEMBERSHIP_ENDED") {
      throw new AppError("FORBIDDEN", error.message);
    }
    if (error.body?.code === "SSO_REQUIRED") throw new AppError("SSO_REQUIRED", error.message);
    if (error.statusCode >= 500 && error.body?.code !== "FAILED_TO_VERIFY_REGISTRATION") throw error;
    throw notAccepted(error);
  }
}

function notAccepted(cause?: unknown): AppError {
  return new AppError(
    "VALIDATION_ERROR",
    "This passkey was not accepted. Start again, or sign in another way.",
    {
      cause,
    },
  );
}
