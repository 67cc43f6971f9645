import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { sessions } from "../../identity/identity.tables.ts";
import { recordAudit } from "../../identity/index.ts";
import { personOf } from "./describe-user.ts";
import { sessionOfRefreshToken } from "./refresh-family.ts";

/**
 * Ends the session of a refresh token, or of the access token in the header where none is given, with all tokens of
 * it. Only the caller's own can be ended: one that is unknown or another's is ended for them already.
 */
export async function signOutProgram(
  ctx: Ctx,
  refreshToken: string | undefined,
  authorization: string | undefined,
): Promise<void> {
  const userId = personOf(ctx);
  const ended =
    refreshToken === undefined
      ? (await ctx.ports.accessTokens.read(authorization?.replace(/^Bearer +/i, "") ?? "")).sessionId
      : await sessionOfRefreshToken(ctx, refreshToken);
  if (ended === null) return;
  await inTx(ctx, async (ctx) => {
    const rows = await asSystem((tx) =>
      tx
        .delete(sessions)
        .where(and(eq(sessions.id, ended), eq(sessions.userId, userId)))
        .returning({ id: sessions.id }),
    );
    if (rows.length === 0) return;
    await recordAudit(ctx, { action: "session.ended", subjectType: "session", subjectId: ended });
  });
}
