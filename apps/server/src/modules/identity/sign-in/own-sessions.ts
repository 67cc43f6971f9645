import { and, count, desc, eq, gt } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { endSessions } from "../auth/sessions.ts";
import { sessions } from "../identity.tables.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { deviceName } from "./device-name.ts";

/** A signed-in person: what belongs to their account follows them through their tenants. */
export interface Own {
  userId: string;
  sessionId: string;
}

/** A page of the person's own sessions that go on, the last used first. Named system query. */
export async function listOwnSessions(
  ctx: Ctx,
  { userId, sessionId }: Own,
  { page, pageSize }: { page: number; pageSize: number },
) {
  const db = ctx.db.system();
  const mine = and(eq(sessions.userId, userId), gt(sessions.expiresAt, ctx.now()));
  const [totals] = await db.select({ n: count() }).from(sessions).where(mine);
  const rows = await db
    .select()
    .from(sessions)
    .where(mine)
    .orderBy(desc(sessions.updatedAt), desc(sessions.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const items = rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === sessionId,
    device: deviceName(row.userAgent),
    ipAddress: row.ipAddress || null,
    secondFactor: row.mfaAt !== null,
    createdAt: row.createdAt,
    lastActiveAt: row.updatedAt,
    expiresAt: row.expiresAt,
  }));
  return { items, total: totals?.n ?? 0 };
}

/** Ends one of the person's sessions, wherever it is. Another's and none at all are NOT_FOUND alike. */
export async function revokeOwnSession(ctx: Ctx, { userId }: Own, id: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const [ended] = await asSystem((tx) =>
      tx
        .delete(sessions)
        .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
        .returning({ userAgent: sessions.userAgent }),
    );
    if (!ended) throw notFound("The session");
    const device = deviceName(ended.userAgent);
    await recordAudit(ctx, {
      action: "session.revoked",
      subjectType: "session",
      subjectId: id,
      before: { device },
    });
    await recordSecurityEvent(ctx, {
      kind: "session_revoked",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { device },
    });
  });
}

/** Ends all of the person's sessions but the one that asks. Gives how many those were. */
export async function revokeOtherSessions(ctx: Ctx, { userId, sessionId }: Own): Promise<number> {
  return inTx(ctx, async (ctx) => {
    const ended = await endSessions(userId, sessionId);
    await recordAudit(ctx, {
      action: "session.others_revoked",
      subjectType: "user",
      subjectId: userId,
      after: { ended },
    });
    if (ended > 0) {
      await recordSecurityEvent(ctx, {
        kind: "session_revoked",
        userId,
        ipAddress: ctx.ipAddress,
        detail: { ended },
      });
    }
    return ended;
  });
}
