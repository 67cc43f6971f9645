import * as samlify from "samlify";
import { z } from "zod";
import { SsoRefused } from "../refusal.ts";
import { isPlainXml, type SamlProvider } from "./identity-provider.ts";

/** Bytes of a response; real ones have some thousand. */
const mostBytes = 256 * 1024;
/** Milliseconds by which the clocks of two servers may differ. */
const clockTolerance = 60_000;

/** All that may be said to be the algorithm of anything in a response: nothing encrypted, nothing with SHA-1. */
const algorithms = new Set([
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512",
]);

export interface Assertion {
  id: string;
  /** The id of the request that it answers; null for one that nobody asked for. */
  inResponseTo: string | null;
  subject: string;
  attributes: ReadonlyMap<string, string>;
  /** Until when it could be used, the clocks' difference included. */
  usableUntil: Date;
}

interface Expected {
  provider: Pick<SamlProvider, "entityId" | "certificates">;
  /** Our name: the audience. */
  entityId: string;
  acsUrl: string;
  now: Date;
}

/**
 * What a response says, read from nothing but the bytes that the provider signed: what stands beside them, wherever
 * it stands, is not looked at. Throws SsoRefused (NOT_TRUSTED) for all that is not for us, now, by this provider.
 */
export function verifyResponse(base64: string, expected: Expected): Assertion {
  const xml = decode(base64);
  const signed = signedAssertion(xml, expected.provider.certificates);
  const { id, issuer, notBefore, notOnOrAfter, ...found } = read(signed);
  if (issuer !== expected.provider.entityId) throw refused("it is of another issuer");
  if (!found.audiences.includes(expected.entityId)) throw refused("it is for another audience");
  if (found.recipient !== expected.acsUrl) throw refused("it is for another recipient");
  const now = expected.now.getTime();
  if (notBefore && now < notBefore.getTime() - clockTolerance) throw refused("it is not valid yet");
  const usableUntil = new Date(notOnOrAfter.getTime() + clockTolerance);
  if (now >= usableUntil.getTime()) throw refused("it has expired");
  return {
    id,
    inResponseTo: found.inResponseTo,
    subject: found.subject,
    attributes: found.attributes,
    usableUntil,
  };
}

function decode(base64: string): string {
  if (base64.length > (mostBytes * 4) / 3) throw refused("it is too large");
  const xml = Buffer.from(base64, "base64").toString("utf8");
  if (!isPlainXml(xml)) throw refused("it holds a document type, a comment or a processing instruction");
  for (const [, named = ""] of xml.matchAll(/\bAlgorithm\s*=\s*["']([^"']*)["']/g)) {
    if (!algorithms.has(named)) throw refused(`it uses ${named.slice(0, 100)}, which is not allowed`);
  }
  // one is all that an honest provider sends; wrapping needs a second
  if ([...xml.matchAll(/<(?:[\w.-]+:)?Assertion[\s>]/g)].length !== 1) {
    throw refused("it does not hold exactly one assertion");
  }
  return xml;
}

/** What samlify wants to know of a provider beside its certificate, and does not look at when it verifies. */
const somewhere = {
  Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
  Location: "https://provider.invalid",
};
const anyProvider = {
  entityID: "provider",
  singleSignOnService: [somewhere],
  singleLogoutService: [somewhere],
};

/** The one assertion as it was signed, by itself or with the response around it. */
function signedAssertion(xml: string, certificates: readonly string[]): string {
  for (const certificate of certificates) {
    const { entityMeta } = samlify.IdentityProvider({ ...anyProvider, signingCert: certificate });
    try {
      const [isSigned, assertion] = samlify.SamlLib.verifySignature(xml, { metadata: entityMeta });
      if (isSigned && assertion) return assertion;
    } catch {
      // another certificate of the provider may be the one; what is wrong otherwise is wrong with each of them
    }
  }
  throw refused("no certificate of the provider signed it");
}

const subjectPath = ["Assertion", "Subject"];
const confirmationPath = [...subjectPath, "SubjectConfirmation"];
const field = (key: string, localPath: string[], attributes: string[] = []) => ({
  key,
  localPath,
  attributes,
});
const whole = (key: string, localPath: string[]) => ({ key, localPath, attributes: [], context: true });

const fields = [
  field("id", ["Assertion"], ["ID"]),
  field("issuer", ["Assertion", "Issuer"]),
  field("conditions", ["Assertion", "Conditions"], ["NotBefore", "NotOnOrAfter"]),
  whole("restriction", ["Assertion", "Conditions", "AudienceRestriction"]),
  field("audience", ["Assertion", "Conditions", "AudienceRestriction", "Audience"]),
  field("subject", [...subjectPath, "NameID"]),
  whole("confirmation", confirmationPath),
  field("method", confirmationPath, ["Method"]),
  field(
    "confirmationData",
    [...confirmationPath, "SubjectConfirmationData"],
    ["Recipient", "NotOnOrAfter", "NotBefore", "InResponseTo"],
  ),
  {
    key: "attributes",
    localPath: ["Assertion", "AttributeStatement", "Attribute"],
    index: ["Name"],
    attributePath: ["AttributeValue"],
    attributes: [],
  },
];

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** One of each: where there are two, it is open which of them counts. */
const assertionSchema = z.object({
  id: z.string().min(1).max(1_000),
  issuer: z.string().min(1),
  conditions: z.object({ notBefore: moment.optional(), notOnOrAfter: moment.optional() }),
  restriction: z.string(),
  audience: z.union([z.string(), z.array(z.string())]),
  subject: z.string().trim().min(1).max(255),
  confirmation: z.string(),
  method: z.literal("urn:oasis:names:tc:SAML:2.0:cm:bearer"),
  confirmationData: z.object({
    recipient: z.string(),
    notOnOrAfter: moment,
    notBefore: z.undefined().optional(), // a bearer's has none (profiles, 4.1.4.2)
    inResponseTo: z.string().max(1_000).optional(),
  }),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

function read(assertion: string) {
  const parsed = assertionSchema.safeParse(samlify.Extractor.extract(assertion, fields));
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join("."));
    throw refused(`it lacks or repeats ${where.join(", ")}`);
  }
  const { data } = parsed;
  const ends = [data.confirmationData.notOnOrAfter, data.conditions.notOnOrAfter ?? []].flat();
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(data.attributes ?? {})) {
    const [first] = [value].flat();
    if (typeof first === "string" && first.trim()) attributes.set(name, first.trim());
  }
  return {
    id: data.id,
    issuer: data.issuer.trim(),
    audiences: [data.audience].flat().map((text) => text.trim()),
    recipient: data.confirmationData.recipient,
    inResponseTo: data.confirmationData.inResponseTo ?? null,
    notBefore: data.conditions.notBefore,
    notOnOrAfter: new Date(Math.min(...ends.map((end) => end.getTime()))),
    subject: data.subject,
    attributes,
  };
}

function refused(reason: string): SsoRefused {
  return new SsoRefused("NOT_TRUSTED", `the assertion: ${reason}`);
}
