import { sha256Hex } from "../../../platform/crypto/index.ts";
import type { RateLimit, RateLimiter } from "../../../platform/rate-limit/index.ts";
import { addressKey } from "../../../platform/rate-limit/index.ts";

const minute = 60_000;
const rules = (...pairs: [limit: number, minutes: number][]): RateLimit[] =>
  pairs.map(([limit, minutes]) => ({ limit, windowMs: minutes * minute }));

/** Tries at one account from one address. Each rule that is reached makes the next wait longer. */
const fromHere = rules([5, 1], [10, 15], [20, 60], [40, 24 * 60]);
/** Tries at one account from anywhere: wider, so that a stranger does not lock the owner out by a handful of tries. */
const fromAnywhere = rules([20, 5], [40, 60], [100, 24 * 60]);

export interface SignInTry {
  /** False: whatever the password is, the answer is that of a wrong one. */
  isAllowed: boolean;
  /** Whether it was this try that used up what was free: worth telling the owner, once. */
  isLast: boolean;
  /** Forgets the tries: the right password was shown. */
  forgive(): Promise<void>;
}

/**
 * Counts a try at signing in, for an address that has an account as for one that has none. `ipAddress` is the believed
 * one, whatever `X-Forwarded-For` says; processes that share a Redis count together.
 */
export async function countTry(
  { rateLimiter }: { rateLimiter: RateLimiter },
  email: string,
  ipAddress: string | null,
): Promise<SignInTry> {
  const account = sha256Hex(email.toLowerCase()).slice(0, 32);
  const counted = [
    { key: `sign-in/${account}/${addressKey(ipAddress ?? "")}`, rules: fromHere },
    { key: `sign-in/${account}`, rules: fromAnywhere },
  ];
  let isLast = false;
  for (const { key, rules } of counted) {
    for (const rule of rules) {
      const { allowed, remaining } = await rateLimiter.hit(key, rule);
      if (!allowed) return { isAllowed: false, isLast: false, forgive: async () => {} };
      isLast ||= remaining === 0;
    }
  }
  return {
    isAllowed: true,
    isLast,
    async forgive() {
      for (const { key, rules } of counted) {
        for (const rule of rules) await rateLimiter.forget(key, rule);
      }
    },
  };
}
