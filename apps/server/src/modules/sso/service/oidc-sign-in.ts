import { inTx } from "../../../platform/ctx/index.ts";
import { redirectUri } from "../addresses.ts";
import { takeAttempt } from "../attempts.queries.ts";
import { browserIdOf } from "../browser-cookie.ts";
import { openSecret } from "../client-secret.ts";
import { proofSchema } from "../oidc/authorize.ts";
import { discover } from "../oidc/discovery.ts";
import { redeemCode } from "../oidc/redeem-code.ts";
import { SsoRefused } from "../refusal.ts";
import { proofPurpose } from "./begin-sign-in.ts";
import { type Arrival, atConnection, signIn } from "./end-sign-in.ts";

export interface OidcAnswer {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
  iss?: string | undefined;
}

/** The browser comes back from an OIDC provider with a code: gives the page to show next. */
export function finishOidcSignIn(arrival: Arrival, answer: OidcAnswer): Promise<string> {
  return atConnection(arrival, "oidc", async (ctx, connection) => {
    const browserId = browserIdOf(arrival.browser, ctx.publicUrl);
    const attempt = await inTx(ctx, (ctx) => takeAttempt(ctx, connection, answer.state ?? "", browserId));
    if (!attempt?.sealed) throw new SsoRefused("NOT_BEGUN_HERE", "no such sign-in was begun in this browser");
    if (answer.error !== undefined || !answer.code) {
      const reason = `the provider answered ${(answer.error ?? "no code").slice(0, 100)}`;
      throw new SsoRefused("PROVIDER_REFUSED", reason);
    }
    if (answer.iss !== undefined && answer.iss !== connection.issuer) {
      throw new SsoRefused("NOT_TRUSTED", "the answer is of another issuer");
    }
    const proof = proofSchema.parse(JSON.parse(ctx.vault.open(ctx.tenantId, proofPurpose, attempt.sealed)));
    const provider = await discover(ctx.outbound, connection.issuer);
    const clientSecret = openSecret(ctx, connection);
    if (clientSecret === null)
      throw new SsoRefused("NOT_AVAILABLE", "the client secret cannot be read any more");
    const client = { clientId: connection.clientId ?? "", clientSecret, redirectUri: redirectUri(ctx) };
    const person = await redeemCode(ctx, provider, client, { code: answer.code, proof });
    return signIn(ctx, arrival.browser, connection, person, attempt.next);
  });
}
