import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import { users } from "./identity.tables.ts";

/**
 * Makes the accounts of these addresses ADMIN of the platform; addresses without an account become it when
 * they sign up (auth.ts). Nobody is demoted. Named system query, run at every start.
 */
export async function ensurePlatformAdmins(db: Db, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return;
  await db
    .system()
    .update(users)
    .set({ platformRole: "ADMIN" })
    .where(and(inArray(users.email, [...emails]), ne(users.platformRole, "ADMIN")));
}

/** Makes an account ADMIN where nobody is: a new installation's first. Named system query. */
export async function ensureSomeAdmin(db: Db, userId: string): Promise<void> {
  const admins = await db.system().$count(users, eq(users.platformRole, "ADMIN"));
  if (admins > 0) return;
  await db.system().update(users).set({ platformRole: "ADMIN" }).where(eq(users.id, userId));
}

/**
 * Every ADMIN, locked until the transaction ends and in an order in which all lock them: of two that would
 * each remove the other, the second sees what the first did.
 */
export function lockPlatformAdmins() {
  return asSystem((tx) =>
    tx
      .select({ id: users.id, status: users.status })
      .from(users)
      .where(eq(users.platformRole, "ADMIN"))
      .orderBy(asc(users.id))
      .for("no key update"),
  );
}
