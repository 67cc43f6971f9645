import { isAPIError } from "better-auth/api";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ports } from "../../../ports/index.ts";
import { sessions, users } from "../identity.tables.ts";
import { authOf } from "./auth-of.ts";

/**
 * Begins a session that no cookie names: a program continues it by refresh tokens. In lists of sessions, and for
 * whatever ends one, it is a session as any other. Throws FORBIDDEN for a suspended account.
 */
export async function beginProgramSession(
  { ports }: { ports: Pick<Ports, "auth"> },
  session: {
    userId: string;
    mfaAt: Date | null;
    expiresAt: Date;
    ipAddress: string | null;
    userAgent: string | null;
  },
): Promise<{ sessionId: string }> {
  const { userId, ...fields } = session;
  const { internalAdapter } = await authOf({ ports }).$context;
  try {
    // the fields go before better-auth's own, whose sessions end after eight hours
    const { id } = await internalAdapter.createSession(userId, false, fields, true);
    return { sessionId: id };
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) throw new AppError("FORBIDDEN", error.message);
    throw error;
  }
}

export interface LiveSession {
  id: string;
  tenantId: string | null;
  expiresAt: Date;
  mfaAt: Date | null;
  /** What the cookie of a browser's session holds now. */
  token: string;
  user: { id: string; name: string; email: string };
}

/** A session that has not ended, with whose it is; null for any other. */
export async function findLiveSession(db: Db, sessionId: string, now: Date): Promise<LiveSession | null> {
  return (await findLiveSessions(db, [sessionId], now)).get(sessionId) ?? null;
}

/** Those of the sessions that have not ended, by their ids, with whose they are. Named system query. */
export async function findLiveSessions(
  db: Db,
  sessionIds: readonly string[],
  now: Date,
): Promise<Map<string, LiveSession>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .system()
    .select({
      id: sessions.id,
      tenantId: sessions.activeOrganizationId,
      expiresAt: sessions.expiresAt,
      mfaAt: sessions.mfaAt,
      token: sessions.token,
      user: { id: users.id, name: users.name, email: users.email },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(sql`${sessions.id} = any(${sql.param([...sessionIds])}::uuid[])`, gt(sessions.expiresAt, now)),
    );
  return new Map(rows.map((row) => [row.id, row]));
}
