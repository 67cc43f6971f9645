import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { covers, rolesOfTenant } from "../../identity/index.ts";
import { acsUrl, domainRecord, entityId, redirectUri } from "../addresses.ts";
import { type ConnectionRow, isOn } from "../connections.queries.ts";
import { openCertificate } from "../saml/identity-provider.ts";
import type { SsoConfig } from "../sso.schema.ts";

/** What the set-up shows. Nothing secret is in it. */
export async function describeSso(ctx: TxCtx, row: ConnectionRow | null): Promise<SsoConfig> {
  const roles = [...(await rolesOfTenant(ctx)).values()];
  return {
    ours: {
      redirectUri: redirectUri(ctx),
      acsUrl: acsUrl(ctx),
      entityId: entityId(ctx),
      metadataUrl: entityId(ctx),
    },
    roles: roles
      .filter((role) => role.id !== "owner" && covers(ctx.actor, role.rights))
      .map(({ id, name, builtIn }) => ({ id, name, builtIn })),
    config: row && describeConnection(ctx, row),
  };
}

function describeConnection(ctx: Pick<Ctx, "now">, row: ConnectionRow): NonNullable<SsoConfig["config"]> {
  return {
    protocol: row.protocol,
    template: row.template,
    domain: row.domain,
    enabled: row.enabled,
    status: isOn(row) ? "on" : row.enabled ? "unverified" : "off",
    defaultRole: row.defaultRole,
    passwordAllowed: row.passwordAllowed,
    idpInitiated: row.idpInitiated,
    issuer: row.issuer,
    clientId: row.clientId,
    hasSecret: row.sealedSecret !== null,
    entryPoint: row.entryPoint,
    certificates: row.certificates.map((base64) => describeCertificate(base64, ctx.now())),
    domainRecord: domainRecord(row),
    domainVerifiedAt: row.domainVerifiedAt,
    domainCheckedAt: row.domainCheckedAt,
    domainMissingSince: row.domainMissingSince,
    lastSignInAt: row.lastSignInAt,
    updatedAt: row.updatedAt,
  };
}

export function describeCertificate(base64: string, now: Date) {
  const { subject, fingerprint256, validTo } = openCertificate(base64);
  const validUntil = new Date(validTo);
  return {
    subject: subject?.replaceAll("\n", ", ") ?? "",
    fingerprint: fingerprint256,
    validUntil,
    expired: validUntil <= now,
  };
}

/** The fields of a connection that the audit log keeps. */
export function facts(row: ConnectionRow): Record<string, unknown> {
  const { protocol, domain, enabled, defaultRole, passwordAllowed, idpInitiated, issuer, clientId } = row;
  const certificates = row.certificates.map((base64) => openCertificate(base64).fingerprint256);
  return {
    protocol,
    domain,
    domainVerified: row.domainVerifiedAt !== null,
    enabled,
    defaultRole,
    passwordAllowed,
    idpInitiated,
    issuer,
    clientId,
    entryPoint: row.entryPoint,
    certificates,
  };
}
