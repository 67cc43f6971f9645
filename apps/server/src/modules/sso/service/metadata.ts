import { acsUrl, entityId } from "../addresses.ts";
import { serviceProviderMetadata } from "../saml/request.ts";

/** What a SAML provider has to know of us, for a tenant; it holds nothing but addresses with the tenant's id. */
export function getServiceProviderMetadata(where: { publicUrl: string; tenantId: string }): string {
  return serviceProviderMetadata({ entityId: entityId(where), acsUrl: acsUrl(where) });
}
