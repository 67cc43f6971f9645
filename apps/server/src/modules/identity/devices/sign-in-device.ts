import { z } from "zod";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { shownDevice } from "./device-cookie.ts";
import { recogniseDevice } from "./recognise.ts";

/** A sign-in from a browser on which the person, who had signed in before, never did. */
export interface NewDevice {
  userId: string;
  /** What it calls itself; empty where it says nothing. */
  name: string;
  userAgent: string | null;
  ipAddress: string | null;
}

/** The part of better-auth's endpoint that began the session which is needed here. */
interface Beginning {
  path?: string;
  body?: unknown;
  headers?: Headers | undefined;
  setCookie(name: string, value: string, attributes: object): unknown;
}

export interface DeviceWatch {
  db: Db;
  now: Clock;
  isSecure: boolean;
  onNewDevice(device: NewDevice): Promise<void>;
}

/**
 * Every way to sign in ends here, before its session begins: the browser is recognised and gets its next token. Gives
 * what the session keeps of it: the device, and when a second factor was shown. That is now on a trusted device, and by
 * a passkey that checked who is at it; else null.
 */
export async function noteDevice(
  { db, now, isSecure, onNewDevice }: DeviceWatch,
  session: { userId: string; userAgent?: string | null; ipAddress?: string | null },
  beginning: Beginning | null,
): Promise<{ deviceId: string; mfaAt: Date | null }> {
  const from = {
    userId: session.userId,
    userAgent: session.userAgent || null,
    ipAddress: session.ipAddress || null,
  };
  const shown = shownDevice(beginning?.headers, isSecure);
  const device = await recogniseDevice(db, { ...from, shown, isSecure, now: now() });
  beginning?.setCookie(device.cookie.name, device.cookie.value, device.cookie.attributes);
  if (device.isNew) await onNewDevice({ ...from, name: device.name });
  // better-auth says undefined, against its type, where no endpoint began the session: a program's
  const isShown = device.isTrusted || (beginning ? showsVerifiedPasskey(beginning) : false);
  return { deviceId: device.id, mfaAt: isShown ? now() : null };
}

const passkeyAnswer = z.object({
  response: z.object({ response: z.object({ authenticatorData: z.string() }) }),
});
/** "User verified" among the flags of authenticator data (Web Authentication, section 6.1). */
const userVerified = 0x04;

/**
 * Whether a passkey signs in whose holder showed a PIN, a finger or a face: that is both factors in one. Sessions begin
 * at this path only once the signature was checked, and that covers the flags.
 */
function showsVerifiedPasskey({ path, body }: Beginning): boolean {
  if (path !== "/passkey/verify-authentication") return false;
  const answer = passkeyAnswer.safeParse(body);
  if (!answer.success) return false;
  const flags = Buffer.from(answer.data.response.response.authenticatorData, "base64url").at(32) ?? 0;
  return (flags & userVerified) !== 0;
}
