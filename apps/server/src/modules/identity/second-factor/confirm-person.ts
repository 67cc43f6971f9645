import { and, eq, isNotNull } from "drizzle-orm";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { accounts, sessions } from "../identity.tables.ts";
import { verifyPassword } from "../passwords.ts";

/** How long after signing in, or showing a second factor, nobody is asked for their password again. */
const freshMs = 10 * 60_000;
/** Tries at the password, for each account: a stolen session must not become a way to guess it. */
const tries = { limit: 10, windowMs: 15 * 60_000 };

/**
 * Makes sure that whoever changes how someone signs in is that person: by the password, or because the session began
 * a few minutes ago. Throws VALIDATION_ERROR for a wrong or missing password, FORBIDDEN for someone who has none and
 * whose session is older, TOO_MANY_REQUESTS after ten tries.
 */
export async function confirmPerson(
  ctx: Ctx,
  { userId, sessionId, password }: { userId: string; sessionId: string; password?: string | undefined },
): Promise<void> {
  if (password === undefined && (await isFresh(ctx, sessionId))) return;
  if (!(await hasPassword(ctx, userId))) {
    throw new AppError("FORBIDDEN", "Sign out and in again, then do this within ten minutes.", {
      details: { reason: "session not fresh" },
    });
  }
  if (password === undefined) throw wrongPassword("Enter your password to confirm that it is you.");
  const attempt = await ctx.rateLimiter.hit(`confirm-person/${userId}`, tries);
  if (!attempt.allowed) {
    const { retryAfterSeconds } = attempt;
    const message = `Too many tries. Wait ${Math.ceil(retryAfterSeconds / 60)} minutes.`;
    throw new AppError("TOO_MANY_REQUESTS", message, { details: { retryAfterSeconds } });
  }
  if (await verifyPassword(ctx, userId, password)) return;
  throw wrongPassword("The password is not right. Nothing was changed.");
}

/** Whether a session began, or showed a second factor, a few minutes ago. Named system query. */
export async function isFresh(ctx: Pick<Ctx, "db" | "now">, sessionId: string): Promise<boolean> {
  const [session] = await ctx.db
    .system()
    .select({ createdAt: sessions.createdAt, mfaAt: sessions.mfaAt })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  if (!session) return false;
  const last = Math.max(session.createdAt.getTime(), session.mfaAt?.getTime() ?? 0);
  return ctx.now().getTime() - last < freshMs;
}

/** Whether they can be asked for a password at all: some sign in by other ways only. Named system query. */
export async function hasPassword({ db }: Pick<Ctx, "db">, userId: string): Promise<boolean> {
  const own = and(eq(accounts.userId, userId), eq(accounts.providerId, "credential"));
  return (await db.system().$count(accounts, and(own, isNotNull(accounts.password)))) > 0;
}

function wrongPassword(message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, {
    details: { fields: [{ path: "password", message }] },
  });
}
