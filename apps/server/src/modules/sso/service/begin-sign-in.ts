import { type Browser, contextFor, type Services } from "../../../faces/principal.ts";
import { randomToken } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordSecurityEvent, tenantOfName } from "../../identity/index.ts";
import { acsUrl, entityId, redirectUri } from "../addresses.ts";
import { idOfState, insertAttempt } from "../attempts.queries.ts";
import { markBrowser } from "../browser-cookie.ts";
import { type ConnectionRow, findConnection, isOn } from "../connections.queries.ts";
import { localPath } from "../local-path.ts";
import { authorizationUrl, makeProof } from "../oidc/authorize.ts";
import { discover } from "../oidc/discovery.ts";
import { authnRequestUrl } from "../saml/request.ts";

const system = { kind: "system", name: "single sign-on" } as const;

/** What the vault seals nonce and code verifier for. */
export const proofPurpose = "sso-proof";

/**
 * Where the person signs in, when the address is of a domain whose workspace has single sign-on; null otherwise, whether
 * or not anybody has the address. Throws UNAVAILABLE when the provider does not answer.
 */
export async function beginSsoSignIn(
  services: Services,
  browser: Browser,
  input: { email: string; next?: string | undefined; ipAddress: string | null },
): Promise<{ url: string | null }> {
  const email = input.email.trim().toLowerCase();
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const tenantId = await tenantOfName(services.db, "sso_domain", domain);
  if (!tenantId) return { url: null };
  const ctx = contextFor(services, system, tenantId, input.ipAddress);
  const connection = await inTx(ctx, (ctx) => findConnection(ctx));
  if (!connection || !isOn(connection) || connection.domain !== domain) return { url: null };
  const state = randomToken();
  const { url, sealed } = await requestAt(ctx, connection, { state, email });
  const browserHash = markBrowser(browser, ctx.publicUrl);
  await inTx(ctx, (ctx) =>
    insertAttempt(ctx, {
      id: idOfState(state),
      connectionId: connection.id,
      browserHash,
      sealed,
      next: localPath(input.next),
    }),
  );
  return { url };
}

/** The provider's page, and what has to be known again when it answers. */
async function requestAt(
  ctx: Ctx,
  connection: ConnectionRow,
  { state, email }: { state: string; email: string },
): Promise<{ url: string; sealed: string | null }> {
  if (connection.protocol === "saml") {
    const url = authnRequestUrl({
      id: requestIdOf(idOfState(state)),
      issuedAt: ctx.now(),
      entityId: entityId(ctx),
      acsUrl: acsUrl(ctx),
      entryPoint: connection.entryPoint ?? "",
      relayState: state,
    });
    return { url, sealed: null };
  }
  const proof = makeProof();
  try {
    const provider = await discover(ctx.outbound, connection.issuer);
    const client = { clientId: connection.clientId ?? "", redirectUri: redirectUri(ctx) };
    return {
      url: authorizationUrl(provider, { ...client, state, proof, email }),
      sealed: ctx.vault.seal(ctx.tenantId, proofPurpose, JSON.stringify(proof)),
    };
  } catch (cause) {
    ctx.log.warn({ error: cause, tenantId: ctx.tenantId }, "an identity provider cannot be used");
    await recordSecurityEvent(ctx, {
      kind: "sign_in_failed",
      userId: null,
      tenantId: ctx.tenantId,
      ipAddress: ctx.ipAddress,
      detail: { by: "single sign-on", code: "PROVIDER_FAILED", reason: "its description cannot be read" },
    });
    throw new AppError(
      "UNAVAILABLE",
      "Your company's sign-in page cannot be reached. Try again in a few minutes, or tell whoever manages sign-in.",
      { cause },
    );
  }
}

/** A SAML request's id is made of the attempt's, so that the assertion names the attempt that it answers. */
export function requestIdOf(attemptId: string): string {
  return `_${attemptId}`;
}

export function attemptIdOf(requestId: string): string {
  return requestId.slice(1);
}
