import { isAPIError } from "better-auth/api";
import type { Ports } from "../../../ports/index.ts";
import { authOf } from "./auth-of.ts";

/** Passwords are of 8 to 256 characters: more would only be work for whoever sends them. */
export const passwordLength = { min: 8, max: 256 } as const;

interface NewAccount {
  name: string;
  email: string;
  passwordHash: string;
  /** Whether it was shown that the address is theirs. */
  emailVerified: boolean;
}

type Where = { ports: Pick<Ports, "auth"> };

/** scrypt, in the thread pool: about a tenth of a second, for known and unknown addresses alike. */
export async function hashPassword(ctx: Where, password: string): Promise<string> {
  const { password: scrypt } = await authOf(ctx).$context;
  return scrypt.hash(password);
}

/**
 * Makes an account that signs in by a password, outside any transaction; it has no tenant until it begins a session
 * or is put into one. Null where the address has an account already, also by somebody who was faster.
 */
export async function createAccount(
  ctx: Where,
  { name, email, passwordHash, emailVerified }: NewAccount,
): Promise<{ userId: string } | null> {
  const { internalAdapter } = await authOf(ctx).$context;
  const address = email.toLowerCase();
  if (await internalAdapter.findUserByEmail(address)) return null;
  try {
    const user = await internalAdapter.createUser(
      { name, email: address, emailVerified },
      { method: "email-password" },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: "credential",
      accountId: user.id,
      password: passwordHash,
    });
    return { userId: user.id };
  } catch (error) {
    if (await internalAdapter.findUserByEmail(address)) return null;
    if (isAPIError(error)) throw new Error(error.message, { cause: error });
    throw error;
  }
}
