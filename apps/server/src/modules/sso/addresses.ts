/*
 * Where a tenant's identity provider finds us. They hold the tenant's id and nothing of the connection, so that they
 * can be pasted at the provider before anything is saved here, and stay when the connection changes.
 */

/** Below it are the pages that a provider sends browsers to (app/sso-pages.ts). */
export const ssoBase = "/api/auth/sso";

interface Where {
  publicUrl: string;
  tenantId: string;
}

/** OIDC: the redirect URI. */
export function redirectUri({ publicUrl, tenantId }: Where): string {
  return `${publicUrl}${ssoBase}/callback/${tenantId}`;
}

/** SAML: where the provider posts its assertions (assertion consumer service). */
export function acsUrl({ publicUrl, tenantId }: Where): string {
  return `${publicUrl}${ssoBase}/acs/${tenantId}`;
}

/** SAML: our name, the audience of assertions. The metadata are found under it. */
export function entityId({ publicUrl, tenantId }: Where): string {
  return `${publicUrl}${ssoBase}/metadata/${tenantId}`;
}

/** The TXT record that proves a domain. */
export function domainRecord(connection: { domain: string; domainToken: string }): {
  name: string;
  value: string;
} {
  return {
    name: `_parlance-sso.${connection.domain}`,
    value: `parlance-verification=${connection.domainToken}`,
  };
}
