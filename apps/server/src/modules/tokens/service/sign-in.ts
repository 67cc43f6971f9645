import { contextFor, type Services } from "../../../faces/principal.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import {
  beginProgramSession,
  checkPassword,
  findAccount,
  findLiveSession,
  findMembership,
  proveSecondFactor,
  recordSecurityEvent,
} from "../../identity/index.ts";
import type { From } from "./from.ts";
import { beginFamily, type OpenSession, rotate } from "./refresh-family.ts";

/** Days after which a program signs in again, however often it refreshed meanwhile. */
const sessionDays = 30;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds that the access token works. */
  expiresIn: number;
}

export type SignedIn = Tokens & { userId: string; tenantId: string };

export interface Credentials {
  email: string;
  password: string;
  code?: string | undefined;
  backupCode?: string | undefined;
}

/**
 * Signs a program in for a person, by the same service as the console's page, and begins a session of 30 days. Throws
 * UNAUTHORIZED for wrong credentials, or with `mfaRequired` where the account's second factor was not shown.
 */
export async function signInProgram(
  services: Services,
  { email, password, ...factor }: Credentials,
  from: From,
): Promise<SignedIn> {
  const { userId, emailVerified } = await checkPassword({ services, ...from }, { email, password });
  if (!emailVerified && services.ports.mailer.canSend) {
    throw new AppError("FORBIDDEN", "Confirm the e-mail address first, by the link that was mailed to it.");
  }
  const mfaAt = await showFactor(services, { userId, email }, factor.code ?? factor.backupCode, from);
  const { sessionId } = await beginProgramSession(services, {
    userId,
    mfaAt,
    expiresAt: new Date(services.now().getTime() + sessionDays * 86_400_000),
    ...from,
  });
  const session = await findLiveSession(services.db, sessionId, services.now());
  if (!session?.tenantId) throw refused();
  const refreshToken = await beginFamily(services, sessionId);
  return issue(services, { ...session, tenantId: session.tenantId }, refreshToken);
}

/** The next tokens for a refresh token. Throws UNAUTHORIZED; where it was used before, its session is ended too. */
export async function refresh(services: Services, refreshToken: string, from: From): Promise<SignedIn> {
  const rotation = await rotate(services, refreshToken);
  if (rotation.outcome === "rotated") return issue(services, rotation.session, rotation.next);
  if (rotation.outcome === "reused") {
    const { userId, sessionId } = rotation;
    await recordSecurityEvent(services, {
      kind: "refresh_token_reused",
      userId,
      ...from,
      detail: { sessionId },
    });
  }
  throw refused();
}

/** When the second factor was shown; null where the account has none. */
async function showFactor(
  services: Services,
  { userId, email }: { userId: string; email: string },
  code: string | undefined,
  { ipAddress }: From,
): Promise<Date | null> {
  const tenantId = (await findAccount(services.db, email.toLowerCase()))?.tenantId;
  const membership = tenantId ? await findMembership(services.db, userId, tenantId) : null;
  if (!tenantId || !membership?.twoFactorEnabled) return null;
  if (code === undefined)
    throw factorMissing("Send a code of your authenticator app as `code`, or a `backupCode`.");
  const ctx = contextFor(services, { kind: "system", name: "sign-in" }, tenantId, ipAddress);
  try {
    return (await proveSecondFactor(ctx, userId, code)).mfaAt;
  } catch (error) {
    // seed 004 knows a wrong code as it knows a wrong password
    if (isAppError(error) && error.code === "VALIDATION_ERROR") throw factorMissing(error.message);
    throw error;
  }
}

function factorMissing(message: string): AppError {
  return new AppError("UNAUTHORIZED", message, { details: { mfaRequired: true } });
}

/** An access token says what the membership is now, not what it was at the sign-in. */
async function issue(services: Services, session: OpenSession, refreshToken: string): Promise<SignedIn> {
  const { id: sessionId, user, tenantId } = session;
  const membership = await findMembership(services.db, user.id, tenantId);
  if (!membership) throw refused();
  const { accessTokens } = services.ports;
  const accessToken = await accessTokens.issue({
    userId: user.id,
    email: user.email,
    role: membership.roleName,
    tenantId,
    sessionId,
  });
  return { accessToken, refreshToken, expiresIn: accessTokens.lifetime, userId: user.id, tenantId };
}

function refused(): AppError {
  return new AppError("UNAUTHORIZED", "The refresh token does not work any more. Sign in again.");
}
