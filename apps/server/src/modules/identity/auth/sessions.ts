import { and, eq, ne } from "drizzle-orm";
import type { Browser } from "../../../faces/principal.ts";
import { asSystem } from "../../../platform/db/index.ts";
import type { Ports } from "../../../ports/index.ts";
import { sessions } from "../identity.tables.ts";
import { authOf } from "./auth-of.ts";

export interface NewSession {
  userId: string;
  /** Where the session works; without it, where the person works first. */
  tenantId?: string;
  /** When a second factor was shown; null or absent: not yet. */
  mfaAt?: Date | null;
}

/**
 * Begins a session, and ends the one that the browser had: a token that was planted or known before is worth nothing
 * after. `browser` is of the request; its answer carries the new cookie. Throws FORBIDDEN for a suspended account.
 */
export async function beginSession(
  ctx: { ports: Pick<Ports, "auth"> },
  browser: Browser,
  session: NewSession,
): Promise<{ sessionId: string }> {
  const { headers, response } = await authOf(ctx).api.beginSession({
    headers: browser.headers,
    body: session,
    returnHeaders: true,
  });
  browser.setCookies(headers.getSetCookie());
  return { sessionId: response.sessionId };
}

/**
 * Gives the session that the browser's cookie names a new token, to be called when what it may do changes: the old one
 * is dead at once, whoever holds a copy. The session keeps its id, and with it what hangs on it. Gives whether there
 * was one. The console asks for its session anew afterwards (`renewSession`).
 */
export async function rotateSession(
  ctx: { ports: Pick<Ports, "auth"> },
  browser: Browser,
  changes: Omit<NewSession, "userId"> = {},
): Promise<boolean> {
  const { headers, response } = await authOf(ctx).api.rotateSession({
    headers: browser.headers,
    body: changes,
    returnHeaders: true,
  });
  browser.setCookies(headers.getSetCookie());
  return response.rotated;
}

/** Signs someone out everywhere, or everywhere but here; in a transaction. Gives how many sessions that were. */
export async function endSessions(userId: string, except?: string): Promise<number> {
  const ended = await asSystem((tx) =>
    tx
      .delete(sessions)
      .where(and(eq(sessions.userId, userId), except ? ne(sessions.id, except) : undefined))
      .returning({ id: sessions.id }),
  );
  return ended.length;
}
