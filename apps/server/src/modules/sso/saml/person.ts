import type { Person } from "../oidc/redeem-code.ts";
import { SsoRefused } from "../refusal.ts";
import type { Assertion } from "./verify-response.ts";

/** Names under which providers send an address, the usual ones first. */
const emailNames = [
  "email",
  "mail",
  "emailAddress",
  "Email",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
  "urn:oid:0.9.2342.19200300.100.1.3",
];
const nameNames = [
  "displayName",
  "name",
  "http://schemas.microsoft.com/identity/claims/displayname",
  "urn:oid:2.16.840.1.113730.3.1.241",
  "cn",
];
const givenNames = [
  "givenName",
  "firstName",
  "first_name",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
  "urn:oid:2.5.4.42",
];
const familyNames = [
  "sn",
  "surname",
  "lastName",
  "last_name",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
  "urn:oid:2.5.4.4",
];

/** Who an assertion is about. Its subject is the address, unless an attribute tells it. Throws SsoRefused (NO_ADDRESS). */
export function personOf({ subject, attributes }: Assertion): Person {
  const told = (names: readonly string[]) =>
    names.map((name) => attributes.get(name)).find((value) => value !== undefined);
  const email = (told(emailNames) ?? subject).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new SsoRefused("NO_ADDRESS", "neither an attribute nor the subject is an address");
  }
  const parts = [told(givenNames), told(familyNames)].filter((part) => part !== undefined);
  return { subject, email, name: told(nameNames) ?? (parts.join(" ") || null) };
}
