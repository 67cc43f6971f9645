import type { Browser } from "../../../faces/principal.ts";
import type { Ctx } from "../../../ports/index.ts";
import { rotateSession } from "../auth/sessions.ts";
import { setCookieLine, shownDevice } from "../devices/device-cookie.ts";
import { trustDevice } from "../devices/trust.ts";
import { type Proof, proveSecondFactor } from "./prove.ts";
import { finishSetUp } from "./set-up.ts";

export type Shown = Omit<Proof, "mfaAt"> & {
  /** Told once, where the code turned two-step verification on. */
  backupCodes: string[] | null;
};

/**
 * Shows the second factor of the session that the browser has, or turns it on by the first code of a new app. The
 * session goes on under a new token and counts as having shown it. Throws as `proveSecondFactor` does.
 */
export async function showSecondFactor(
  ctx: Ctx,
  browser: Browser,
  { userId, code, trust }: { userId: string; code: string; trust: boolean },
): Promise<Shown> {
  const setUp = await finishSetUp(ctx, userId, code);
  const { mfaAt, backupCodesLeft } = setUp ?? (await proveSecondFactor(ctx, userId, code));
  await rotateSession(ctx, browser, { mfaAt });
  if (trust) await trustBrowser(ctx, browser);
  return { backupCodesLeft, backupCodes: setUp?.backupCodes ?? null };
}

/** Asks the browser for no code for 30 days; of use once its session showed one. */
export async function trustBrowser(ctx: Ctx, browser: Browser, name?: string) {
  const isSecure = ctx.publicUrl.startsWith("https:");
  const { headers } = browser;
  const shown = shownDevice(headers, isSecure);
  const { device, cookie } = await trustDevice(
    ctx,
    { shown, isSecure, userAgent: headers.get("user-agent") },
    name,
  );
  browser.setCookies([setCookieLine(cookie)]);
  return device;
}
