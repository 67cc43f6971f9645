import { eq } from "drizzle-orm";
import type { Services } from "../../../faces/principal.ts";
import { randomToken, sha256Hex } from "../../../platform/crypto/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { sessions, users } from "../../identity/identity.tables.ts";
import { refreshTokens } from "../tokens.tables.ts";

/** Only the hash is kept: what is answered here is shown once. */
function newToken(sessionId: string, now: Date) {
  const token = `prr_${randomToken()}`;
  return { token, row: { id: newId(), sessionId, tokenHash: sha256Hex(token), createdAt: now } };
}

/** The first refresh token of a session's family. Named system query: sessions are global. */
export async function beginFamily({ db, now }: Services, sessionId: string): Promise<string> {
  const { token, row } = newToken(sessionId, now());
  await db.system().insert(refreshTokens).values(row);
  return token;
}

export interface OpenSession {
  id: string;
  tenantId: string;
  user: { id: string; email: string };
}

export type Rotation =
  | { outcome: "rotated"; session: OpenSession; next: string }
  /** It was used before, so somebody has a copy: the family and its session are gone. */
  | { outcome: "reused"; sessionId: string; userId: string }
  /** Unknown, or its session has ended, or another who asked at the same time was first. */
  | { outcome: "refused" };

/**
 * Gives the next refresh token for one that was not used yet. The session's row is held meanwhile, so that of many who
 * show the same token at once exactly one gets the next. The others are refused, and no more, if they asked before it
 * was used: a client may well ask twice at once. Whoever shows it after that has a copy, which ends the family. Named
 * system query.
 */
export async function rotate({ db, now }: Services, token: string): Promise<Rotation> {
  const askedAt = now();
  const tokenHash = sha256Hex(token);
  return db.system().transaction(async (tx): Promise<Rotation> => {
    const [known] = await tx
      .select({ sessionId: refreshTokens.sessionId })
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, tokenHash));
    if (!known) return { outcome: "refused" };
    const { sessionId } = known;
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for("update");
    const tenantId = session?.activeOrganizationId;
    if (!session || !tenantId || session.expiresAt <= now()) return { outcome: "refused" };
    const ofUser = eq(users.id, session.userId);
    const [user] = await tx.select({ id: users.id, email: users.email }).from(users).where(ofUser);
    if (!user) return { outcome: "refused" };

    const [shown] = await tx.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash));
    if (!shown) return { outcome: "refused" };
    if (shown.usedAt && shown.usedAt >= askedAt) return { outcome: "refused" };
    if (shown.usedAt) {
      await tx.delete(sessions).where(eq(sessions.id, sessionId));
      return { outcome: "reused", sessionId, userId: user.id };
    }
    const { token: next, row } = newToken(sessionId, now());
    await tx.update(refreshTokens).set({ usedAt: now() }).where(eq(refreshTokens.id, shown.id));
    await tx.insert(refreshTokens).values(row);
    await tx.update(sessions).set({ updatedAt: now() }).where(eq(sessions.id, sessionId));
    return { outcome: "rotated", session: { id: sessionId, tenantId, user }, next };
  });
}

/** The session that a refresh token continues, used or not; null for an unknown one. Named system query. */
export async function sessionOfRefreshToken({ db }: Services, token: string): Promise<string | null> {
  const [row] = await db
    .system()
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, sha256Hex(token)));
  return row?.sessionId ?? null;
}
