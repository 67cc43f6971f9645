import { createServer } from "node:http";
import { inflateRawSync } from "node:zlib";
import * as samlify from "samlify";
import { type KeyWithCertificate, makeCertificate } from "./certificate.ts";

const assertionPath = "/*[local-name(.)='Response']/*[local-name(.)='Assertion']";

/** What of a response is other than it should be. */
export interface SamlTwist {
  email?: string;
  issuer?: string;
  audience?: string;
  recipient?: string;
  /** Of the assertion; null: nobody asked for it. */
  inResponseTo?: string | null;
  /** Milliseconds from now until it ends. */
  lasts?: number;
  attributes?: Record<string, string>;
  sign?: "assertion" | "response" | "both" | "nothing";
  key?: KeyWithCertificate;
  algorithm?: string;
  /** Changes the XML before and after it is signed. */
  before?(xml: string): string;
  after?(xml: string): string;
}

export interface SamlProvider {
  entityId: string;
  /** Its page for HTTP-Redirect, where everybody is signed in already. */
  entryPoint: string;
  host: string;
  key: KeyWithCertificate;
  metadata: string;
  /** Who is signed in at the provider. */
  email: string;
  /** Answers the request in the address with a form that a browser would post. */
  respond(url: string, twist?: SamlTwist): { action: string; form: URLSearchParams };
  close(): Promise<void>;
}

/** A SAML identity provider on a free port, that signs by samlify: its metadata, and a page that posts an assertion. */
export async function startSamlProvider(): Promise<SamlProvider> {
  const key = makeCertificate("provider");
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", fake.entryPoint);
    if (url.pathname === "/metadata") {
      response.writeHead(200, { "content-type": "application/samlmetadata+xml" }).end(fake.metadata);
      return;
    }
    const { action, form } = fake.respond(url.href);
    const fields = [...form].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
    const page = `<form method="post" action="${action}">${fields.join("")}<button>Continue</button></form>`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake provider has no port.");
  const host = `127.0.0.1:${address.port}`;
  const entityId = `http://${host}/metadata`;
  const entryPoint = `http://${host}/sso`;
  const fake: SamlProvider = {
    entityId,
    entryPoint,
    host,
    key,
    metadata: metadataOf(entityId, entryPoint, key.certificate),
    email: "",
    respond(url, twist = {}) {
      const { searchParams } = new URL(url);
      const request = requestIn(searchParams.get("SAMLRequest") ?? "");
      const xml = responseFor(fake, request, twist);
      const form = new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString("base64") });
      const relayState = searchParams.get("RelayState");
      if (relayState !== null) form.set("RelayState", relayState);
      return { action: request.acsUrl, form };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

interface AuthnRequest {
  id: string;
  acsUrl: string;
  audience: string;
}

function requestIn(deflated: string): AuthnRequest {
  const xml = inflateRawSync(Buffer.from(deflated, "base64")).toString();
  const found = (pattern: RegExp) => pattern.exec(xml)?.[1] ?? "";
  return {
    id: found(/ ID="([^"]+)"/),
    acsUrl: found(/AssertionConsumerServiceURL="([^"]+)"/),
    audience: found(/Issuer>([^<]+)</),
  };
}

function responseFor(fake: SamlProvider, request: AuthnRequest, twist: SamlTwist): string {
  const { lasts = 300_000, email = fake.email, issuer = fake.entityId } = twist;
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const asked = twist.inResponseTo === undefined ? request.id : twist.inResponseTo;
  const inResponseTo = asked === null ? "" : ` InResponseTo="${asked}"`;
  const recipient = twist.recipient ?? request.acsUrl;
  const attributes = Object.entries(twist.attributes ?? {}).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  );
  const statement = attributes.length
    ? `<saml:AttributeStatement>${attributes.join("")}</saml:AttributeStatement>`
    : "";
  const xml = [
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"',
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="_${crypto.randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${recipient}"${inResponseTo}>`,
    `<saml:Issuer>${issuer}</saml:Issuer>`,
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
    `<saml:Assertion ID="_${crypto.randomUUID()}" Version="2.0" IssueInstant="${at(0)}">`,
    `<saml:Issuer>${issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${email}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml:SubjectConfirmationData NotOnOrAfter="${at(lasts)}" Recipient="${recipient}"${inResponseTo}/>`,
    "</saml:SubjectConfirmation></saml:Subject>",
    `<saml:Conditions NotBefore="${at(Math.min(0, lasts) - 60_000)}" NotOnOrAfter="${at(lasts)}">`,
    `<saml:AudienceRestriction><saml:Audience>${twist.audience ?? request.audience}</saml:Audience></saml:AudienceRestriction>`,
    `</saml:Conditions>${statement}</saml:Assertion></samlp:Response>`,
  ].join("");
  const signed = sign(twist.before?.(xml) ?? xml, twist.key ?? fake.key, twist);
  return twist.after?.(signed) ?? signed;
}

function sign(
  xml: string,
  key: KeyWithCertificate,
  { sign: what = "assertion", algorithm }: SamlTwist,
): string {
  const signatureAlgorithm = algorithm ?? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  const common = { privateKey: key.privateKey, signingCert: key.certificate, signatureAlgorithm };
  const add = (rawSamlMessage: string, element: string) =>
    samlify.SamlLib.constructSAMLSignature({
      ...common,
      rawSamlMessage,
      referenceTagXPath: element,
      isMessageSigned: false,
      isBase64Output: false,
      signatureConfig: {
        prefix: "ds",
        location: { reference: `${element}/*[local-name(.)='Issuer']`, action: "after" },
      },
    });
  const withAssertion = what === "assertion" || what === "both" ? add(xml, assertionPath) : xml;
  const isResponseSigned = what === "response" || what === "both";
  return isResponseSigned ? add(withAssertion, "/*[local-name(.)='Response']") : withAssertion;
}

function metadataOf(entityId: string, entryPoint: string, certificate: string): string {
  return [
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">`,
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
    `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
    "</ds:KeyInfo></KeyDescriptor>",
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"',
    ` Location="${entryPoint}"/></IDPSSODescriptor></EntityDescriptor>`,
  ].join("");
}
