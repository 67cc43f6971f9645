import { createHash } from "node:crypto";
import { z } from "zod";
import { randomToken } from "../../../platform/crypto/index.ts";
import type { Provider } from "./discovery.ts";

/** What only we know of a sign-in that was begun: proof that the code is ours to redeem, and that the token is for it. */
export const proofSchema = z.object({ nonce: z.string(), verifier: z.string() });
export type Proof = z.infer<typeof proofSchema>;

export function makeProof(): Proof {
  return { nonce: randomToken(), verifier: randomToken(48) };
}

/** The provider's page, where the person signs in (code flow with PKCE). */
export function authorizationUrl(
  provider: Pick<Provider, "authorizationEndpoint">,
  request: { clientId: string; redirectUri: string; state: string; proof: Proof; email: string },
): string {
  const url = new URL(provider.authorizationEndpoint);
  const challenge = createHash("sha256").update(request.proof.verifier).digest("base64url");
  const parameters = {
    response_type: "code",
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: "openid email profile",
    state: request.state,
    nonce: request.proof.nonce,
    code_challenge: challenge,
    code_challenge_method: "S256",
    login_hint: request.email,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
