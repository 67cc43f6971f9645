import { deflateRawSync } from "node:zlib";

interface AuthnRequest {
  id: string;
  issuedAt: Date;
  /** Our name at the provider. */
  entityId: string;
  acsUrl: string;
  /** The provider's page (HTTP-Redirect). */
  entryPoint: string;
  relayState: string;
}

/** The provider's page with the request that its assertion has to answer. */
export function authnRequestUrl(request: AuthnRequest): string {
  const { id, issuedAt, entryPoint } = request;
  const xml = [
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"',
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="${escapeXml(id)}" Version="2.0" IssueInstant="${issuedAt.toISOString()}"`,
    ` Destination="${escapeXml(entryPoint)}" AssertionConsumerServiceURL="${escapeXml(request.acsUrl)}"`,
    ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">',
    `<saml:Issuer>${escapeXml(request.entityId)}</saml:Issuer>`,
    `<samlp:NameIDPolicy Format="${emailFormat}" AllowCreate="true"/>`,
    "</samlp:AuthnRequest>",
  ].join("");
  const url = new URL(entryPoint);
  url.searchParams.set("SAMLRequest", deflateRawSync(xml).toString("base64"));
  url.searchParams.set("RelayState", request.relayState);
  return url.href;
}

/** What a provider that reads metadata has to know of us. */
export function serviceProviderMetadata({ entityId, acsUrl }: { entityId: string; acsUrl: string }): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeXml(entityId)}">`,
    '  <SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true"',
    '      protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    `    <NameIDFormat>${emailFormat}</NameIDFormat>`,
    '    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"',
    `      Location="${escapeXml(acsUrl)}" index="0" isDefault="true"/>`,
    "  </SPSSODescriptor>",
    "</EntityDescriptor>",
    "",
  ].join("\n");
}

const emailFormat = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
