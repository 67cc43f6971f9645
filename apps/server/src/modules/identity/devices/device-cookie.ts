import { randomToken, sha256Hex } from "../../../platform/crypto/index.ts";

/** The cookie by which a browser is known again: a random token, of which only the hash is kept. */
export interface DeviceCookie {
  name: string;
  value: string;
  attributes: { path: "/"; maxAge: number; httpOnly: true; sameSite: "lax"; secure: boolean };
}

/** 400 days: as long as browsers keep a cookie at most. */
const maxAge = 400 * 24 * 3600;

export function deviceCookieName(isSecure: boolean): string {
  return isSecure ? "__Host-parlance.device" : "parlance.device";
}

/** A new token for a browser. */
export function newDeviceCookie(isSecure: boolean): { tokenHash: string; cookie: DeviceCookie } {
  const value = randomToken();
  const attributes = { path: "/", maxAge, httpOnly: true, sameSite: "lax", secure: isSecure } as const;
  return { tokenHash: sha256Hex(value), cookie: { name: deviceCookieName(isSecure), value, attributes } };
}

/** The hash of the token that a request shows; null without one. */
export function shownDevice(headers: Headers | undefined, isSecure: boolean): string | null {
  const name = deviceCookieName(isSecure);
  for (const part of (headers?.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value) return sha256Hex(value);
  }
  return null;
}
