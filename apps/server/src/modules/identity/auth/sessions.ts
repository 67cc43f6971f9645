import { and, eq, ne } from "drizzle-orm";
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

/** The request's headers (with the believed address in `x-real-ip`) and the answer's cookies. */
export interface Browser {
  headers: Headers;
  setCookies(cookies: string[]): void;
}

/**
 * Gives a session a new token, in the same tenant, with what it has shown of a second factor: to be called when what it
 * may do grows. The console asks for the session anew afterwards (`renewSession`), because its CSRF token changes too.
 */
export function rotateSession(
  ctx: { ports: Pick<Ports, "auth"> },
  browser: Browser,
  { userId, tenantId, mfaAt }: Required<NewSession>,
): Promise<{ sessionId: string }> {
  return beginSession(ctx, browser, { userId, tenantId, mfaAt });
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
