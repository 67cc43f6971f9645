import { and, eq } from "drizzle-orm";
import type { Browser } from "../../faces/principal.ts";
import { asSystem, type Db } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx, Ports, TxCtx } from "../../ports/index.ts";
import { authOf } from "./auth/auth-of.ts";
import { hashPassword } from "./auth/create-account.ts";
import { endSessions, rotateSession } from "./auth/sessions.ts";
import { distrustDevices } from "./devices/trust.ts";
import { accounts } from "./identity.tables.ts";

type Where = { db: Db; ports: Pick<Ports, "auth"> };

/**
 * Whether the password is this user's. Without a user, or for one who signs in without a password, the same work is
 * done for nothing, so that the time tells nobody which it was. Named system query.
 */
export async function verifyPassword(ctx: Where, userId: string | null, password: string): Promise<boolean> {
  const hash = userId === null ? null : await passwordHashOf(ctx.db, userId);
  const { password: scrypt } = await authOf(ctx).$context;
  if (hash) return scrypt.verify({ hash, password });
  await scrypt.hash(password);
  return false;
}

/**
 * Changes the password of whoever the browser is signed in as. All their other sessions end; this one goes on under a
 * new token. Throws VALIDATION_ERROR where the current password is wrong.
 */
export async function changeOwnPassword(
  ctx: Ctx,
  browser: Browser,
  input: { userId: string; sessionId: string; currentPassword: string; newPassword: string },
  record: (ctx: TxCtx) => Promise<void>,
): Promise<void> {
  const { userId, sessionId } = input;
  if (!(await verifyPassword(ctx, userId, input.currentPassword))) {
    const message = "The current password is not right. Nothing was changed.";
    throw new AppError("VALIDATION_ERROR", message, {
      details: { fields: [{ path: "currentPassword", message }] },
    });
  }
  const passwordHash = await hashPassword(ctx, input.newPassword);
  await ctx.db.withTenant(ctx.tenantId, async (tx) => {
    await putPassword(userId, passwordHash);
    await endSessions(userId, sessionId);
    await record({ ...ctx, tx });
  });
  await rotateSession(ctx, browser);
}

/**
 * Sets a user's password, the first one too, and trusts none of their devices any more; in a transaction. Their
 * sessions are the caller's to end.
 */
export async function putPassword(userId: string, passwordHash: string): Promise<void> {
  await distrustDevices(userId);
  await asSystem(async (tx) => {
    const [changed] = await tx
      .update(accounts)
      .set({ password: passwordHash, updatedAt: new Date() })
      .where(ofUser(userId))
      .returning({ id: accounts.id });
    if (changed) return;
    await tx.insert(accounts).values({
      id: newId(),
      userId,
      providerId: "credential",
      accountId: userId,
      password: passwordHash,
    });
  });
}

async function passwordHashOf(db: Db, userId: string): Promise<string | null> {
  const [account] = await db
    .system()
    .select({ hash: accounts.password })
    .from(accounts)
    .where(ofUser(userId));
  return account?.hash ?? null;
}

function ofUser(userId: string) {
  return and(eq(accounts.userId, userId), eq(accounts.providerId, "credential"));
}
