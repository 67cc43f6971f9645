import { lt } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import { sessions, verifications } from "../identity.tables.ts";

/** Forgets links, sign-ins that were begun, and sessions, a day after they ended. Named system query. */
export async function tidySignIns({ db, now }: { db: Db; now: () => Date }): Promise<void> {
  const aDayAgo = new Date(now().getTime() - 86_400_000);
  await db.system().delete(verifications).where(lt(verifications.expiresAt, aDayAgo));
  await db.system().delete(sessions).where(lt(sessions.expiresAt, aDayAgo));
}
