import { and, count, desc, eq, gt, isNotNull, ne } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { sessions } from "../identity.tables.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { devices } from "./devices.tables.ts";

const trustMs = 30 * 24 * 3600_000;

export type Device = Pick<
  typeof devices.$inferSelect,
  "id" | "name" | "ipAddress" | "lastUsedAt" | "trustedUntil" | "createdAt"
> & { isCurrent: boolean };

/** A signed-in person, with the session that asks; null for a program. */
export interface Asking {
  userId: string;
  sessionId: string | null;
}

/** A page of a person's trusted devices, those used last first, with how many there are. Named system query. */
export async function listTrusted(
  ctx: Ctx,
  { userId, sessionId }: Asking,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ devices: Device[]; total: number }> {
  const db = ctx.db.system();
  const trusted = and(eq(devices.userId, userId), gt(devices.trustedUntil, ctx.now()));
  const [totals] = await db.select({ n: count() }).from(devices).where(trusted);
  const rows = await db
    .select()
    .from(devices)
    .where(trusted)
    .orderBy(desc(devices.lastUsedAt), desc(devices.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const [session] = sessionId
    ? await db.select({ deviceId: sessions.deviceId }).from(sessions).where(eq(sessions.id, sessionId))
    : [];
  return { devices: rows.map((row) => toDevice(row, session?.deviceId ?? null)), total: totals?.n ?? 0 };
}

/**
 * Asks for no code for 30 days on the device on which a session began. The name is what the person calls it, else what
 * it calls itself. Throws ILLEGAL_TRANSITION for a session that showed no second factor.
 */
export async function trustDevice(ctx: Ctx, { userId, sessionId }: Asking, name?: string): Promise<Device> {
  return inTx(ctx, async (ctx) => {
    const trustedUntil = new Date(ctx.now().getTime() + trustMs);
    const [row] = await asSystem(async (tx) => {
      const [session] = sessionId
        ? await tx
            .select({ deviceId: sessions.deviceId })
            .from(sessions)
            .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNotNull(sessions.mfaAt)))
        : [];
      if (!session?.deviceId) return [];
      return tx
        .update(devices)
        .set({ trustedUntil, ...(name === undefined ? {} : { name }) })
        .where(and(eq(devices.id, session.deviceId), eq(devices.userId, userId)))
        .returning();
    });
    if (!row) {
      throw new AppError(
        "ILLEGAL_TRANSITION",
        "Show a second factor in this session first. Only then can its device be trusted.",
      );
    }
    const device = toDevice(row, row.id);
    await recordAudit(ctx, {
      action: "device.trusted",
      subjectType: "device",
      subjectId: row.id,
      after: { name: row.name, trustedUntil },
    });
    await recordSecurityEvent(ctx, {
      kind: "device_trusted",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { device: row.name },
    });
    return device;
  });
}

/**
 * Ends the trust in one of a person's devices, at once: its other sessions show a second factor again before they go
 * on. Throws NOT_FOUND for what is none of theirs.
 */
export async function revokeDevice(ctx: Ctx, { userId, sessionId }: Asking, id: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const [row] = await asSystem(async (tx) => {
      const revoked = await tx
        .update(devices)
        .set({ trustedUntil: null })
        .where(and(eq(devices.id, id), eq(devices.userId, userId), isNotNull(devices.trustedUntil)))
        .returning({ name: devices.name });
      const ofDevice = and(eq(sessions.userId, userId), eq(sessions.deviceId, id));
      const others = sessionId ? and(ofDevice, ne(sessions.id, sessionId)) : ofDevice;
      if (revoked.length > 0) await tx.update(sessions).set({ mfaAt: null }).where(others);
      return revoked;
    });
    if (!row) throw notFound("The trusted device");
    await recordAudit(ctx, {
      action: "device.revoked",
      subjectType: "device",
      subjectId: id,
      before: { name: row.name },
    });
    await recordSecurityEvent(ctx, {
      kind: "device_revoked",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { device: row.name },
    });
  });
}

/** Trusts none of a person's devices any more, in a transaction: when the password changed, or no code is asked for. */
export async function distrustDevices(userId: string): Promise<void> {
  await asSystem((tx) => tx.update(devices).set({ trustedUntil: null }).where(eq(devices.userId, userId)));
}

function toDevice(row: typeof devices.$inferSelect, currentId: string | null): Device {
  const { tokenHash: _hash, userId: _user, ...device } = row;
  return { ...device, isCurrent: row.id === currentId };
}
