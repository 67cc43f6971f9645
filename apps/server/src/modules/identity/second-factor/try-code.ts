import type { Clock } from "../../../platform/clock/index.ts";
import type { Vault } from "../../../platform/crypto/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { openCodes, readBackupCode, sealCodes } from "./backup-codes.ts";
import { lockAfter, triesBeforeLock } from "./lock.ts";
import { stepOf } from "./totp.ts";
import { changeTwoFactor, type TwoFactor } from "./two-factors.ts";

/** What a typed code turned out to be. */
export type Try =
  | { kind: "code" }
  | { kind: "backup code"; left: number }
  | { kind: "used" }
  | { kind: "wrong"; triesLeft: number }
  | { kind: "locked"; until: Date };

/**
 * Looks at a typed code, of the app or from the list of backup codes, and writes down what came of it: each
 * works once, and after five wrong ones in a row none is looked at for a while. The caller holds the lock of the
 * row and lets the transaction end also where the code was wrong, so that the try counts.
 */
export async function tryCode(
  { vault, now }: { vault: Vault; now: Clock },
  row: TwoFactor,
  typed: string,
): Promise<Try> {
  const { userId } = row;
  const moment = now();
  if (row.lockedUntil && row.lockedUntil > moment) return { kind: "locked", until: row.lockedUntil };

  const secret = openSecret(vault, row);
  const step = stepOf(secret, typed.replaceAll(/\s/g, ""), moment);
  if (step !== null) {
    // not a guess, so not counted as one: whoever sends a form twice is not locked out
    if (row.lastStep !== null && step <= row.lastStep) return { kind: "used" };
    await changeTwoFactor(userId, { lastStep: step, ...nothingWrong });
    return { kind: "code" };
  }

  const codes = openCodes(vault, userId, row.backupCodes);
  const code = readBackupCode(typed);
  if (code !== null && codes.includes(code)) {
    const left = codes.filter((each) => each !== code);
    await changeTwoFactor(userId, { backupCodes: sealCodes(vault, userId, left), ...nothingWrong });
    return { kind: "backup code", left: left.length };
  }

  const failures = row.failures + 1;
  const lockedUntil = lockAfter(failures, moment);
  await changeTwoFactor(userId, { failures, lockedUntil });
  if (lockedUntil) return { kind: "locked", until: lockedUntil };
  return { kind: "wrong", triesLeft: triesBeforeLock - (failures % triesBeforeLock) };
}

const nothingWrong = { failures: 0, lockedUntil: null };

/** Throws for a try that did not succeed: VALIDATION_ERROR, or TOO_MANY_REQUESTS while no code is looked at. */
export function assertShown(found: Try, now: Date): asserts found is Extract<Try, { kind: `${string}code` }> {
  switch (found.kind) {
    case "wrong":
      throw wrongCode(`The code is not right. ${found.triesLeft} more tries, then a pause.`, {
        triesLeft: found.triesLeft,
      });
    case "used":
      throw wrongCode("This code was used already. Wait for the next one of the app.", { used: true });
    case "locked": {
      const seconds = Math.ceil((found.until.getTime() - now.getTime()) / 1000);
      const message = `Too many wrong codes. Wait ${Math.ceil(seconds / 60)} minutes, then try again.`;
      throw new AppError("TOO_MANY_REQUESTS", message, { details: { retryAfterSeconds: seconds } });
    }
  }
}

function wrongCode(message: string, facts: Record<string, unknown>): AppError {
  const details = { fields: [{ path: "code", message }], ...facts };
  return new AppError("VALIDATION_ERROR", message, { details });
}

export function sealSecret(vault: Vault, userId: string, secret: string): string {
  return vault.seal(userId, "authenticator", secret);
}

export function openSecret(vault: Vault, { userId, secret }: Pick<TwoFactor, "userId" | "secret">): string {
  return vault.open(userId, "authenticator", secret);
}
