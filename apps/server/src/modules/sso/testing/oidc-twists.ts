import type { OidcTwist } from "../../../../../../tests/harness/oidc-provider.ts";

/** Tokens that sign nobody in: what is wrong with them, the refusal, and a word of the recorded reason. */
export const oidcTwists: {
  title: string;
  twist?: OidcTwist;
  person?: Record<string, unknown>;
  code: string;
  reason: string;
}[] = [
  {
    title: "for another sign-in",
    twist: { claims: { nonce: "another" } },
    code: "NOT_TRUSTED",
    reason: "nonce",
  },
  { title: "without a nonce", twist: { claims: { nonce: undefined } }, code: "NOT_TRUSTED", reason: "nonce" },
  {
    title: "of another issuer",
    twist: { claims: { iss: "https://evil.example" } },
    code: "NOT_TRUSTED",
    reason: "iss",
  },
  { title: "for another client", twist: { claims: { aud: "another" } }, code: "NOT_TRUSTED", reason: "aud" },
  {
    title: "given to another client",
    twist: { claims: { azp: "another" } },
    code: "NOT_TRUSTED",
    reason: "azp",
  },
  {
    title: "that has expired",
    twist: { claims: { exp: 1_700_000_000 } },
    code: "NOT_TRUSTED",
    reason: "exp",
  },
  {
    title: "of a foreign key",
    twist: { signature: "foreign key" },
    code: "NOT_TRUSTED",
    reason: "signature",
  },
  {
    title: "signed by our secret",
    twist: { signature: "shared secret" },
    code: "NOT_TRUSTED",
    reason: "alg",
  },
  { title: "signed by nobody", twist: { signature: "none" }, code: "NOT_TRUSTED", reason: "alg" },
  { title: "of an endpoint that fails", twist: { tokenStatus: 500 }, code: "PROVIDER_FAILED", reason: "500" },
  { title: "without an address", person: { email: undefined }, code: "NO_ADDRESS", reason: "no address" },
  {
    title: "of an unverified address",
    person: { email_verified: false },
    code: "NO_ADDRESS",
    reason: "verified",
  },
  {
    title: "of another domain",
    person: { email: "d@evil.example" },
    code: "OTHER_DOMAIN",
    reason: "evil.example",
  },
  {
    title: "of a domain below",
    person: { email: "d@a.corp.example" },
    code: "OTHER_DOMAIN",
    reason: "a.corp",
  },
];
