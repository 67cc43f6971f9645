/**
 * Why nobody was signed in. The page shows each in the reader's language (the console's features/auth/sso-step), the
 * security event keeps it; neither shows anything of what the provider sent.
 */
export const ssoRefusals = [
  /** No connection, switched off, or its domain not verified (any more). */
  "NOT_AVAILABLE",
  /** The provider could not be reached or answered something else than it should. */
  "PROVIDER_FAILED",
  /** The person said no at the provider, or it did not let them in. */
  "PROVIDER_REFUSED",
  /** Begun in another browser, too long ago, or finished already. */
  "NOT_BEGUN_HERE",
  /** The answer is not what we trust: its signature, issuer, audience, time or nonce. */
  "NOT_TRUSTED",
  /** The provider told no e-mail address, or says that it is not verified. */
  "NO_ADDRESS",
  /** An address outside the domain that the workspace verified. */
  "OTHER_DOMAIN",
  /** An account with the address exists whose owner never confirmed it. */
  "ACCOUNT_NOT_CONFIRMED",
  /** A colleague ended the membership. */
  "MEMBERSHIP_ENDED",
  "ACCOUNT_SUSPENDED",
  "WORKSPACE_SUSPENDED",
] as const;

export type SsoRefusal = (typeof ssoRefusals)[number];

/** A sign-in that ends here. `reason` says precisely why, for the security event; the person gets the code's words. */
export class SsoRefused extends Error {
  readonly code: SsoRefusal;
  readonly reason: string;

  constructor(code: SsoRefusal, reason: string, cause?: unknown) {
    super(`${code}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = "SsoRefused";
    this.code = code;
    this.reason = reason;
  }
}
