import { and, count, desc, eq, gt, isNotNull } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type AuditEntry, recordAudit } from "../audit.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { type DeviceCookie, newDeviceCookie } from "./device-cookie.ts";
import { deviceName } from "./device-name.ts";
import { devices } from "./devices.tables.ts";

const trustMs = 30 * 24 * 3600_000;

export type Device = Pick<
  typeof devices.$inferSelect,
  "id" | "name" | "ipAddress" | "lastUsedAt" | "trustedUntil" | "createdAt"
> & { isCurrent: boolean };

interface ThisBrowser {
  /** The hash of the token that it showed. */
  shown: string | null;
  userAgent: string | null;
  isSecure: boolean;
}

/** A person's trusted devices, those used last first; a page of them, with how many there are. */
export async function listTrusted(
  ctx: Ctx,
  { shown, page, pageSize }: { shown: string | null; page: number; pageSize: number },
): Promise<{ devices: Device[]; total: number }> {
  const trusted = and(eq(devices.userId, ownId(ctx)), gt(devices.trustedUntil, ctx.now()));
  const db = ctx.db.system();
  const [totals] = await db.select({ n: count() }).from(devices).where(trusted);
  const rows = await db
    .select()
    .from(devices)
    .where(trusted)
    .orderBy(desc(devices.lastUsedAt), desc(devices.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { devices: rows.map((row) => toDevice(row, shown)), total: totals?.n ?? 0 };
}

/**
 * Asks this browser for no code for 30 days. The name is what the person calls it, else what it calls itself. Returns
 * the token that it shows from now on.
 */
export async function trustDevice(
  ctx: Ctx,
  browser: ThisBrowser,
  name?: string,
): Promise<{ device: Device; cookie: DeviceCookie }> {
  const userId = ownId(ctx);
  const now = ctx.now();
  const { tokenHash, cookie } = newDeviceCookie(browser.isSecure);
  const trustedUntil = new Date(now.getTime() + trustMs);
  const set = { tokenHash, ipAddress: ctx.ipAddress, lastUsedAt: now, trustedUntil };
  return inTx(ctx, async (ctx) => {
    const row = await asSystem(async (tx) => {
      if (browser.shown !== null) {
        const isThis = eq(devices.tokenHash, browser.shown);
        await tx.update(devices).set({ tokenHash }).where(isThis); // of whoever else signs in there too
        const [known] = await tx
          .update(devices)
          .set({ ...set, ...(name === undefined ? {} : { name }) })
          .where(and(eq(devices.userId, userId), eq(devices.tokenHash, tokenHash)))
          .returning();
        if (known) return known;
      }
      const named = name ?? deviceName(browser.userAgent);
      const [made] = await tx
        .insert(devices)
        .values({ id: newId(), userId, createdAt: now, name: named, ...set })
        .returning();
      return made;
    });
    if (!row) throw new Error("unreachable: the row was just written");
    await note(ctx, "device.trusted", row.id, { after: { name: row.name, trustedUntil } });
    await recordSecurityEvent(ctx, {
      kind: "device_trusted",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { device: row.name },
    });
    return { device: toDevice(row, tokenHash), cookie };
  });
}

/** Ends the trust in one of the person's devices, at once. Throws NOT_FOUND for what is none of theirs. */
export async function revokeDevice(ctx: Ctx, id: string): Promise<void> {
  const userId = ownId(ctx);
  await inTx(ctx, async (ctx) => {
    const [row] = await asSystem((tx) =>
      tx
        .update(devices)
        .set({ trustedUntil: null })
        .where(and(eq(devices.id, id), eq(devices.userId, userId), isNotNull(devices.trustedUntil)))
        .returning({ name: devices.name }),
    );
    if (!row) throw notFound("The trusted device");
    await note(ctx, "device.revoked", id, { before: { name: row.name, trusted: true } });
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

function note(ctx: TxCtx, action: string, subjectId: string, facts: Pick<AuditEntry, "before" | "after">) {
  return recordAudit(ctx, { action, subjectType: "device", subjectId, ...facts });
}

function toDevice(row: typeof devices.$inferSelect, shown: string | null): Device {
  const { tokenHash, userId: _, ...device } = row;
  return { ...device, isCurrent: tokenHash === shown };
}

function ownId(ctx: Ctx): string {
  if (ctx.actor.kind === "user") return ctx.actor.userId;
  throw new AppError("FORBIDDEN", "Only a person has devices.");
}
