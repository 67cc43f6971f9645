import { and, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import type { Database, Db } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { type DeviceCookie, newDeviceCookie } from "./device-cookie.ts";
import { deviceName } from "./device-name.ts";
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
  cookie: DeviceCookie;
  name: string;
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
  const name = deviceName(from.userAgent);
  return db.system().transaction(async (tx) => {
    const [known] = shown === null ? [] : await find(tx, eq(devices.tokenHash, shown), userId);
    // a browser has one token for all who sign in there
    if (shown !== null) await tx.update(devices).set({ tokenHash }).where(eq(devices.tokenHash, shown));
    // one that keeps no cookies, or a program: known by where it is and what it calls itself, but trusted never
    const isUntrusted = or(isNull(devices.trustedUntil), lt(devices.trustedUntil, now));
    const samePlace = and(eq(devices.name, name), eq(devices.ipAddress, ipAddress ?? ""), isUntrusted);
    const [familiar] = known || shown !== null ? [] : await find(tx, samePlace, userId);
    const device = known ?? familiar;
    const seen = { tokenHash, ipAddress, lastUsedAt: now };
    if (device) {
      await tx.update(devices).set(seen).where(eq(devices.id, device.id));
      const isTrusted = device.trustedUntil !== null && device.trustedUntil > now;
      return { cookie, name, isNew: false, isTrusted };
    }
    const others = await tx
      .select({ id: devices.id })
      .from(devices)
      .where(eq(devices.userId, userId))
      .orderBy(desc(devices.lastUsedAt));
    const tooMany = others.slice(most - 1).map(({ id }) => id);
    if (tooMany.length > 0) await tx.delete(devices).where(inArray(devices.id, tooMany));
    await tx.insert(devices).values({ id: newId(), userId, name, createdAt: now, ...seen });
    return { cookie, name, isNew: others.length > 0, isTrusted: false };
  });
}

type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];

function find(tx: Tx, where: ReturnType<typeof and>, userId: string) {
  return tx
    .select({ id: devices.id, trustedUntil: devices.trustedUntil })
    .from(devices)
    .where(and(eq(devices.userId, userId), where))
    .orderBy(desc(devices.lastUsedAt))
    .limit(1)
    .for("update");
}
