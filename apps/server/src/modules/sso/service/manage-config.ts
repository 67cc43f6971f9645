import { randomToken } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  covers,
  findRole,
  forgetProvider,
  recordAudit,
  recordSecurityEvent,
  requireSsoOf,
  withdrawName,
} from "../../identity/index.ts";
import { sealSecret } from "../client-secret.ts";
import {
  type ConnectionRow,
  findConnection,
  getConnection,
  isOn,
  providerIdOf,
  putConnection,
  removeConnection,
} from "../connections.queries.ts";
import type { SetSsoConfig, SsoConfig } from "../sso.schema.ts";
import { describeSso, facts } from "./describe.ts";
import { type GivenProvider, readProvider } from "./given-provider.ts";

export async function getSsoConfig(ctx: Ctx): Promise<SsoConfig> {
  assertCan(ctx.actor, "manage sign-in");
  return inTx(ctx, async (ctx) => describeSso(ctx, await findConnection(ctx)));
}

/**
 * Sets the connection up or changes it. Another domain has to be verified anew; another provider makes what the former
 * one called people worthless. The client secret stays only with the issuer and client id that it was given for: it is
 * never sent to an address that somebody else chose later.
 */
export async function setSsoConfig(ctx: Ctx, input: SetSsoConfig): Promise<SsoConfig> {
  assertCan(ctx.actor, "manage sign-in");
  const given = await readProvider(ctx, input); // may ask the provider: outside the transaction
  return inTx(ctx, async (ctx) => {
    const before = await findConnection(ctx, { lock: true });
    await assertDefaultRole(ctx, input.defaultRole, before);
    const provider = providerFor(ctx, given, before);
    const isSameDomain = before?.domain === input.domain;
    const isSameProvider = before?.protocol === provider.protocol && before.issuer === provider.issuer;
    const verifiedAt = isSameDomain ? before.domainVerifiedAt : null;
    if (input.enabled && !verifiedAt) {
      throw new AppError("CONFLICT", `Verify ${input.domain} before you switch single sign-on on.`);
    }
    if (before && !isSameProvider) await forgetProvider(ctx, providerIdOf(before));
    if (before?.domainVerifiedAt && !isSameDomain) await withdrawName(ctx, "sso_domain", before.domain);
    const after = await putConnection(ctx, {
      ...provider,
      id: before && isSameProvider ? before.id : newId(),
      template: input.template,
      domain: input.domain,
      enabled: input.enabled,
      defaultRole: input.defaultRole,
      passwordAllowed: input.passwordAllowed,
      idpInitiated: provider.protocol === "saml" && input.idpInitiated,
      domainToken: isSameDomain ? before.domainToken : randomToken(24),
      domainVerifiedAt: verifiedAt,
      domainCheckedAt: isSameDomain ? before.domainCheckedAt : null,
      domainMissingSince: isSameDomain ? before.domainMissingSince : null,
      updatedAt: ctx.now(),
    });
    await note(ctx, before ? "sso.changed" : "sso.created", before, after);
    return describeSso(ctx, after);
  });
}

/** Nobody signs in by it any more; accounts, memberships and sessions that it began stay. */
export async function removeSsoConfig(ctx: Ctx): Promise<void> {
  assertCan(ctx.actor, "manage sign-in");
  await inTx(ctx, async (ctx) => {
    const before = await getConnection(ctx, { lock: true });
    if (before.domainVerifiedAt) await withdrawName(ctx, "sso_domain", before.domain);
    await forgetProvider(ctx, providerIdOf(before));
    await removeConnection(ctx);
    await note(ctx, "sso.removed", before, null);
  });
}

/** What follows from a change: whether passwords still open, the audit log, the security events. */
export async function note(
  ctx: TxCtx,
  action: string,
  before: ConnectionRow | null,
  after: ConnectionRow | null,
): Promise<void> {
  await requireSsoOf(ctx, after && isOn(after) && !after.passwordAllowed ? after.domain : null);
  await recordAudit(ctx, {
    action,
    subjectType: "sso",
    subjectId: after?.id ?? before?.id ?? "",
    ...(before ? { before: facts(before) } : {}),
    ...(after ? { after: facts(after) } : {}),
  });
  await recordSecurityEvent(ctx, {
    kind: "sso_changed",
    userId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    ipAddress: ctx.ipAddress,
    detail: { action, domain: (after ?? before)?.domain },
  });
}

/** A role that joining may give: none that can do more than whoever sets it up, and never the owner's. */
async function assertDefaultRole(ctx: TxCtx, id: string, before: ConnectionRow | null): Promise<void> {
  if (before?.defaultRole === id) return;
  const role = await findRole(ctx, id);
  if (id !== "owner" && covers(ctx.actor, role.rights)) return;
  throw new AppError(
    "FORBIDDEN",
    "The default role may not be owner, nor be allowed more than you are yourself.",
  );
}

type ProviderColumns = Pick<
  ConnectionRow,
  "protocol" | "issuer" | "clientId" | "sealedSecret" | "entryPoint" | "certificates"
>;

function providerFor(ctx: TxCtx, given: GivenProvider | null, before: ConnectionRow | null): ProviderColumns {
  if (!given) {
    if (before) {
      const { protocol, issuer, clientId, sealedSecret, entryPoint, certificates } = before;
      return { protocol, issuer, clientId, sealedSecret, entryPoint, certificates };
    }
    throw invalid("oidc", "Say how your provider is reached: send oidc or saml.");
  }
  if (given.protocol === "saml") {
    const { entityId: issuer, entryPoint, certificates } = given;
    return { protocol: "saml", issuer, clientId: null, sealedSecret: null, entryPoint, certificates };
  }
  const { issuer, clientId, clientSecret } = given;
  const isSameClient =
    before?.protocol === "oidc" && before.issuer === issuer && before.clientId === clientId;
  const kept = isSameClient ? before.sealedSecret : null;
  const sealedSecret = clientSecret ? sealSecret(ctx, clientSecret) : kept;
  if (!sealedSecret)
    throw invalid("oidc.clientSecret", "Enter the client secret of this issuer and client id.");
  return { protocol: "oidc", issuer, clientId, sealedSecret, entryPoint: null, certificates: [] };
}

function invalid(path: string, message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path, message }] } });
}
