import { and, desc, eq, gt, inArray, isNull, lt, or, type SQL } from "drizzle-orm";
import type { Database, Db } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { deviceOf } from "../sign-in/device-name.ts";
import { type DeviceCookie, newDeviceCookie } from "./device-cookie.ts";
import { devices } from "./devices.tables.ts";

export interface SignInFrom {
  userId: string;
  /** The hash of the token that the browser showed; null without one. */
  shown: string | null;
  userAgent: string | null;
  ipAddress: string | null;
  isSecure: boolean;
  now: Date;
}

export interface Recognised {
  id: string;
  name: string;
  cookie: DeviceCookie;
  /** The person has signed in before, but never from here. */
  isNew: boolean;
  /** The person said here that no code is to be asked for, and that still holds. */
  isTrusted: boolean;
}

/** Devices kept for each person; those not used for longest go first. */
const most = 50;

/**
 * Finds the browser among those of the person who signs in, and gives it a new token: a copy of the one that it showed
 * is worth nothing after. A token of somebody else's says nothing about this person. Named system query.
 */
export async function recogniseDevice(db: Db, from: SignInFrom): Promise<Recognised> {
  const { userId, shown, ipAddress, now } = from;
  const { tokenHash, cookie } = newDeviceCookie(from.isSecure);
  const { browser, system } = deviceOf(from.userAgent);
  const name = [browser, system].filter(Boolean).join(" · ");
  const seen = { tokenHash, ipAddress, lastUsedAt: now };
  return db.system().transaction(async (tx) => {
    const [device] =
      shown !== null
        ? await find(tx, userId, eq(devices.tokenHash, shown))
        : system === null
          ? await find(tx, userId, programAt(from, name))
          : [];
    // a browser has one token for all who sign in there
    if (shown !== null) await tx.update(devices).set({ tokenHash }).where(eq(devices.tokenHash, shown));
    if (device) {
      await tx.update(devices).set(seen).where(eq(devices.id, device.id));
      const isTrusted = device.trustedUntil !== null && device.trustedUntil > now;
      return { id: device.id, name, cookie, isNew: false, isTrusted };
    }
    const others = await tx
      .select({ id: devices.id })
      .from(devices)
      .where(eq(devices.userId, userId))
      .orderBy(desc(devices.lastUsedAt));
    const tooMany = others.slice(most - 1).map((other) => other.id);
    if (tooMany.length > 0) await tx.delete(devices).where(inArray(devices.id, tooMany));
    const id = newId();
    await tx.insert(devices).values({ id, userId, name, createdAt: now, ...seen });
    return { id, name, cookie, isNew: others.length > 0, isTrusted: false };
  });
}

/** Whether the person trusts the browser that shows this token. Named system query. */
export async function isTrustedDevice(
  db: Db,
  { userId, shown, now }: Pick<SignInFrom, "userId" | "shown" | "now">,
): Promise<boolean> {
  if (shown === null) return false;
  const thisOne = and(
    eq(devices.userId, userId),
    eq(devices.tokenHash, shown),
    gt(devices.trustedUntil, now),
  );
  return (await db.system().$count(devices, thisOne)) > 0;
}

/** A program keeps no cookies: it is known by its place and what it calls itself, which earns no trust. */
function programAt({ ipAddress, now }: SignInFrom, name: string) {
  const isUntrusted = or(isNull(devices.trustedUntil), lt(devices.trustedUntil, now));
  const samePlace = ipAddress === null ? isNull(devices.ipAddress) : eq(devices.ipAddress, ipAddress);
  return and(eq(devices.name, name), samePlace, isUntrusted);
}

function find(
  tx: Parameters<Parameters<Database["transaction"]>[0]>[0],
  userId: string,
  where: SQL | undefined,
) {
  return tx
    .select({ id: devices.id, trustedUntil: devices.trustedUntil })
    .from(devices)
    .where(and(eq(devices.userId, userId), where))
    .orderBy(desc(devices.lastUsedAt))
    .limit(1)
    .for("update");
}
