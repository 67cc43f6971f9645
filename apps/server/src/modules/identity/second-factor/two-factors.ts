import { eq, isNull } from "drizzle-orm";
import { asSystem, type Db } from "../../../platform/db/index.ts";
import { users } from "../identity.tables.ts";
import { twoFactors } from "./second-factor.tables.ts";

export type TwoFactor = typeof twoFactors.$inferSelect;

/** Someone's authenticator app, or null. Named system query. */
export async function findTwoFactor(db: Db, userId: string): Promise<TwoFactor | null> {
  const [row] = await db.system().select().from(twoFactors).where(eq(twoFactors.userId, userId));
  return row ?? null;
}

/** The same inside a tenant's transaction, and locked until its end, so that tries at a code come one by one. */
export async function lockTwoFactor(userId: string): Promise<TwoFactor | null> {
  const [row] = await asSystem((tx) =>
    tx.select().from(twoFactors).where(eq(twoFactors.userId, userId)).for("update"),
  );
  return row ?? null;
}

/** Changes an authenticator app that the caller has locked. */
export async function changeTwoFactor(
  userId: string,
  set: Partial<Omit<TwoFactor, "userId" | "createdAt">>,
): Promise<void> {
  await asSystem((tx) => tx.update(twoFactors).set(set).where(eq(twoFactors.userId, userId)));
}

/** Begins, or begins again, to set up an app: nobody is asked for its codes before one was shown. */
export async function putPendingTwoFactor(userId: string, secret: string, now: Date): Promise<boolean> {
  const fresh = { secret, backupCodes: null, lastStep: null, createdAt: now };
  return asSystem(async (tx) => {
    const written = await tx
      .insert(twoFactors)
      .values({ userId, ...fresh })
      .onConflictDoUpdate({ target: twoFactors.userId, set: fresh, setWhere: isNull(twoFactors.confirmedAt) })
      .returning({ userId: twoFactors.userId });
    return written.length > 0;
  });
}

/** Takes an app away, or says that it is there: what sign-in asks by. */
export async function removeTwoFactor(userId: string): Promise<void> {
  await asSystem((tx) => tx.delete(twoFactors).where(eq(twoFactors.userId, userId)));
}

export async function noteWhetherEnabled(
  userId: string,
  twoFactorEnabled: boolean,
  now: Date,
): Promise<void> {
  await asSystem((tx) =>
    tx.update(users).set({ twoFactorEnabled, updatedAt: now }).where(eq(users.id, userId)),
  );
}
