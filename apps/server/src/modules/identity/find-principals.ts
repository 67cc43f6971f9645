import type { Principal } from "../../faces/principal.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { findLiveSessions } from "./auth/program-sessions.ts";
import { findMemberships } from "./membership.ts";
import { toPrincipal } from "./to-principal.ts";

/** The session by which somebody came, and where they came to. */
export interface SessionStanding {
  sessionId: string;
  userId: string;
  /** The workspace of a session may change; who came stands for the one that it was then. */
  tenantId: string;
  /** What their cookie holds, which is worth nothing once the session has another; null where no cookie counted. */
  token: string | null;
}

/**
 * Who came by these sessions, as they stand now, each at its place: whether session, account and membership still stand,
 * and what they allow, is read anew, for all of them together. Null where they do not.
 */
export async function findPrincipals(
  { db, now }: { db: Db; now: Clock },
  standings: readonly SessionStanding[],
): Promise<(Principal | null)[]> {
  const ids = [...new Set(standings.map(({ sessionId }) => sessionId))];
  const sessions = await findLiveSessions(db, ids, now());
  const sessionOf = ({ sessionId, userId, tenantId, token }: SessionStanding) => {
    const session = sessions.get(sessionId);
    const isTheirs = session?.user.id === userId && session.tenantId === tenantId;
    return isTheirs && (token === null || token === session.token) ? session : null;
  };
  const standing = standings.filter((one) => sessionOf(one) !== null);
  const found = await findMemberships(db, standing);
  const memberships = new Map(standing.map((one, at) => [one, found[at] ?? null]));
  return standings.map((one) => {
    const [session, membership] = [sessionOf(one), memberships.get(one)];
    if (!session || !membership) return null;
    return toPrincipal(session, membership, { expiresAt: session.expiresAt, csrfToken: null });
  });
}
