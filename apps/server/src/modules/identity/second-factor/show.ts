import type { Browser } from "../../../faces/principal.ts";
import type { Ctx } from "../../../ports/index.ts";
import { rotateSession } from "../auth/sessions.ts";
import { type Asking, trustDevice } from "../devices/trust.ts";
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
  { code, trust, ...asking }: Asking & { code: string; trust: boolean },
): Promise<Shown> {
  const { userId } = asking;
  const setUp = await finishSetUp(ctx, userId, code);
  const { mfaAt, backupCodesLeft } = setUp ?? (await proveSecondFactor(ctx, userId, code));
  await rotateSession(ctx, browser, { mfaAt });
  if (trust) await trustDevice(ctx, asking);
  return { backupCodesLeft, backupCodes: setUp?.backupCodes ?? null };
}
