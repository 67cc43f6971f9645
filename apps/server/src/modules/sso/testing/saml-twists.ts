import { makeCertificate } from "../../../../../../tests/harness/certificate.ts";
import type { SamlTwist } from "../../../../../../tests/harness/saml-provider.ts";

/** The signed assertion beside or inside another that says what the attacker likes. */
const forged = (xml: string) => {
  const [signed = ""] = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml) ?? [];
  const evil = signed
    .replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, "")
    .replace(/ID="[^"]+"/, 'ID="_evil"')
    .replaceAll("dan@corp.example", "boss@corp.example");
  return { signed, evil };
};
const wrappings: Record<string, (xml: string) => string> = {
  "another assertion before": (xml) => xml.replace("<saml:Assertion", `${forged(xml).evil}<saml:Assertion`),
  "the signed one in an extension": (xml) => {
    const { signed, evil } = forged(xml);
    return xml.replace(signed, `${evil}<samlp:Extensions>${signed}</samlp:Extensions>`);
  },
  "the signed one inside the forged one": (xml) => {
    const { signed, evil } = forged(xml);
    return xml.replace(
      signed,
      evil.replace("<saml:Subject>", `<saml:Advice>${signed}</saml:Advice><saml:Subject>`),
    );
  },
};

/** Assertions that sign nobody in: what is wrong with them, the refusal, and a word of the recorded reason. */
export const samlTwists: { title: string; twist: SamlTwist; code: string; reason: string }[] = [
  { title: "unsigned", twist: { sign: "nothing" }, code: "NOT_TRUSTED", reason: "no certificate" },
  {
    title: "of a foreign key",
    twist: { key: makeCertificate("evil") },
    code: "NOT_TRUSTED",
    reason: "no certificate",
  },
  {
    title: "that was tampered with",
    twist: { after: (xml) => xml.replaceAll("dan@", "boss@") },
    code: "NOT_TRUSTED",
    reason: "no certificate",
  },
  {
    title: "signed with SHA-1",
    twist: { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" },
    code: "NOT_TRUSTED",
    reason: "rsa-sha1",
  },
  {
    title: "for another audience",
    twist: { audience: "https://other.example" },
    code: "NOT_TRUSTED",
    reason: "audience",
  },
  {
    title: "for another recipient",
    twist: { recipient: "https://other.example" },
    code: "NOT_TRUSTED",
    reason: "recipient",
  },
  {
    title: "of another issuer",
    twist: { issuer: "https://other.example" },
    code: "NOT_TRUSTED",
    reason: "issuer",
  },
  { title: "that has expired", twist: { lasts: -120_000 }, code: "NOT_TRUSTED", reason: "expired" },
  {
    title: "with a document type",
    twist: { after: (xml) => `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}` },
    code: "NOT_TRUSTED",
    reason: "document type",
  },
  {
    title: "whose address a comment cuts in two",
    twist: { before: (xml) => xml.replace("dan@corp.example<", "dan@corp.example<!---->.evil.example<") },
    code: "NOT_TRUSTED",
    reason: "comment",
  },
  {
    title: "that nobody asked for",
    twist: { inResponseTo: null },
    code: "NOT_BEGUN_HERE",
    reason: "nobody asked",
  },
  {
    title: "for an unknown request",
    twist: { inResponseTo: "_unknown" },
    code: "NOT_BEGUN_HERE",
    reason: "relay state",
  },
  { title: "without an address", twist: { email: "dan" }, code: "NO_ADDRESS", reason: "address" },
  ...Object.entries(wrappings).map(([title, after]) => ({
    title: `wrapped: ${title}`,
    twist: { after },
    code: "NOT_TRUSTED",
    reason: "exactly one assertion",
  })),
];
