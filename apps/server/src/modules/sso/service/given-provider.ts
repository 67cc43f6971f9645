import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { fetchText } from "../fetch-document.ts";
import { discoveryUrl } from "../oidc/discovery.ts";
import { readCertificates, readIdpMetadata, type SamlProvider } from "../saml/identity-provider.ts";
import type { SetSsoConfig } from "../sso.schema.ts";

export type GivenProvider =
  | { protocol: "oidc"; issuer: string; clientId: string; clientSecret: string | undefined }
  | ({ protocol: "saml" } & SamlProvider);

/**
 * The provider that somebody gave, checked as far as that goes without signing in; null when they gave none. Throws
 * ADDRESS_NOT_ALLOWED for an address inside, VALIDATION_ERROR for metadata or certificates that cannot be used.
 */
export async function readProvider(ctx: Ctx, { oidc, saml }: SetSsoConfig): Promise<GivenProvider | null> {
  if (oidc) {
    await explained("issuer", ctx.outbound.assertAllowed(discoveryUrl(oidc.issuer)));
    const { issuer, clientId, clientSecret } = oidc;
    return { protocol: "oidc", issuer, clientId, clientSecret };
  }
  if (!saml) return null;
  if ("metadataXml" in saml) return { protocol: "saml", ...readIdpMetadata(saml.metadataXml) };
  if ("metadataUrl" in saml) {
    const { status, text } = await explained("metadata", fetchText(ctx.outbound, saml.metadataUrl));
    if (status !== 200) {
      const message = `${saml.metadataUrl} answered with status ${status}. Check the address of the metadata.`;
      throw new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path: "saml", message }] } });
    }
    return { protocol: "saml", ...readIdpMetadata(text) };
  }
  const { entityId, entryPoint, certificate } = saml;
  return { protocol: "saml", entityId, entryPoint, certificates: readCertificates([certificate]) };
}

/** Says of an address that is not allowed whose it is, and who can allow it. */
export async function explained<Value>(what: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== "ADDRESS_NOT_ALLOWED") throw cause;
    throw new AppError(
      "ADDRESS_NOT_ALLOWED",
      `The address of the ${what} is not allowed: it must be a public host. Of a provider inside your network, the operator of this installation lists the host in OUTBOUND_ALLOWED_HOSTS.`,
      { cause },
    );
  }
}
