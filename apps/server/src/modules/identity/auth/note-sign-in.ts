import { APIError } from "better-auth/api";
import { and, eq, ne } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import { users } from "../identity.tables.ts";

/** Throws for a suspended user, who would otherwise be signed in and refused everything without a reason. */
export async function noteSignIn(db: Db, userId: string): Promise<void> {
  const [user] = await db
    .system()
    .update(users)
    .set({ lastLoginAt: new Date() })
    .where(and(eq(users.id, userId), ne(users.status, "SUSPENDED")))
    .returning({ id: users.id });
  if (user) return;
  throw new APIError("FORBIDDEN", {
    code: "ACCOUNT_SUSPENDED",
    message: "This account is suspended. Ask whoever runs this installation.",
  });
}
