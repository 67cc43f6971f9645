import type { Browser } from "../../faces/principal.ts";
import { randomToken, sha256Hex } from "../../platform/crypto/index.ts";

const tokenShape = /^[\w-]{43}$/;
const seconds = 3_600;

/**
 * Ties what a browser begins at a provider to that browser: an answer that arrives in another one signs nobody in. It is
 * sent along when the provider sends the browser back (Lax), to our own pages alone, and says nothing of anybody.
 */
function cookieName(publicUrl: string): string {
  return publicUrl.startsWith("https:") ? "__Secure-parlance.sso" : "parlance.sso";
}

/** What the browser's cookie says, or null. */
export function browserIdOf(browser: Browser, publicUrl: string): string | null {
  const wanted = `${cookieName(publicUrl)}=`;
  const pair = (browser.headers.get("cookie") ?? "").split(/; */).find((part) => part.startsWith(wanted));
  const value = pair?.slice(wanted.length) ?? "";
  return tokenShape.test(value) ? value : null;
}

/** The hash of the browser's cookie, which it is given when it has none: several tabs may be under way at once. */
export function markBrowser(browser: Browser, publicUrl: string): string {
  const id = browserIdOf(browser, publicUrl) ?? randomToken();
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  browser.setCookies([
    `${cookieName(publicUrl)}=${id}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
  ]);
  return sha256Hex(id);
}
