import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { Outbound } from "../../../platform/http/index.ts";
import { fetchJson } from "../fetch-document.ts";
import { SsoRefused } from "../refusal.ts";
import type { Proof } from "./authorize.ts";
import type { Provider } from "./discovery.ts";

/** Signatures that a key pair makes: nothing that our secret, or nobody, could have signed. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
/** Seconds by which the clocks of two servers may differ. */
const clockTolerance = 60;

const tokensSchema = z.object({ id_token: z.string().max(100_000), access_token: z.string().optional() });
const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  nonce: z.string(),
  azp: z.string().optional(),
});
const personSchema = z.object({
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.string()]).optional(),
  name: z.string().optional(),
});

export interface Client {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}

/** Asks for tokens; gives the status and what was answered. Redirects are not followed: the secret goes nowhere else. */
export function askForTokens(
  outbound: Pick<Outbound, "fetch">,
  provider: Pick<Provider, "tokenEndpoint" | "secretIn">,
  client: Client,
  grant: { code: string; verifier: string },
): Promise<{ status: number; json: unknown }> {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: grant.code,
    redirect_uri: client.redirectUri,
    code_verifier: grant.verifier,
  });
  const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
  if (provider.secretIn === "header") {
    const pair = [client.clientId, client.clientSecret].map(encodeURIComponent).join(":");
    headers.authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  } else {
    body.set("client_id", client.clientId);
    body.set("client_secret", client.clientSecret);
  }
  return fetchJson(outbound, provider.tokenEndpoint, { method: "POST", headers, body, redirect: "error" });
}

export interface Person {
  subject: string;
  email: string;
  name: string | null;
}

/**
 * Redeems a code and gives who the provider says signed in, from a token that it signed for us and this very attempt.
 * Throws SsoRefused; what the guarded `fetch` throws goes through.
 */
export async function redeemCode(
  { outbound, now }: { outbound: Pick<Outbound, "fetch">; now: () => Date },
  provider: Provider,
  client: Client,
  { code, proof }: { code: string; proof: Proof },
): Promise<Person> {
  const grant = { code, verifier: proof.verifier };
  const answer = await askForTokens(outbound, provider, client, grant);
  const tokens = tokensSchema.safeParse(answer.json);
  if (answer.status !== 200 || !tokens.success) {
    throw new SsoRefused(
      "PROVIDER_FAILED",
      `the token endpoint answered ${answer.status} ${errorOf(answer)}`,
    );
  }
  const claims = await readToken(outbound, provider, client, tokens.data.id_token, now());
  const known = claimsSchema.safeParse(claims);
  if (!known.success) throw new SsoRefused("NOT_TRUSTED", "the token lacks a subject or a nonce");
  const { sub, nonce, azp } = known.data;
  if (nonce !== proof.nonce) throw new SsoRefused("NOT_TRUSTED", "the token is for another sign-in (nonce)");
  const isForSeveral = Array.isArray(claims.aud) && claims.aud.length > 1;
  if ((azp !== undefined || isForSeveral) && azp !== client.clientId) {
    throw new SsoRefused("NOT_TRUSTED", "the token was given to another client (azp)");
  }
  const person = personSchema.parse(await withAddress(outbound, provider, tokens.data.access_token, claims));
  // some providers leave it out, because every address is theirs: only a plain no is one
  const isUnverified = person.email_verified === false || person.email_verified === "false";
  if (!person.email || isUnverified) {
    throw new SsoRefused("NO_ADDRESS", person.email ? "the address is not verified" : "no address was told");
  }
  return { subject: sub, email: person.email.trim().toLowerCase(), name: person.name?.trim() || null };
}

async function readToken(
  outbound: Pick<Outbound, "fetch">,
  provider: Provider,
  client: Client,
  token: string,
  currentDate: Date,
): Promise<JWTPayload> {
  const { status, json } = await fetchJson(outbound, provider.keysUrl);
  const keys = keysSchema.safeParse(json);
  if (status !== 200 || !keys.success) throw new SsoRefused("PROVIDER_FAILED", `the keys answered ${status}`);
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys.data), {
      issuer: provider.issuer,
      audience: client.clientId,
      algorithms,
      clockTolerance,
      currentDate,
      requiredClaims: ["exp", "iat"],
      maxTokenAge: 3_600,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) {
      throw new SsoRefused("NOT_TRUSTED", `the token is refused: ${error.message}`, error);
    }
    throw error;
  }
}

/** The claims, with the address from the provider's user information where the token has none. */
async function withAddress(
  outbound: Pick<Outbound, "fetch">,
  provider: Provider,
  accessToken: string | undefined,
  claims: JWTPayload,
): Promise<JWTPayload> {
  if (claims.email !== undefined || !provider.userInfoEndpoint || !accessToken) return claims;
  const { json } = await fetchJson(outbound, provider.userInfoEndpoint, {
    headers: { authorization: `Bearer ${accessToken}` },
    redirect: "error",
  });
  const info = z.looseObject({ sub: z.string() }).safeParse(json);
  // of somebody else, it would lend their address to whoever signed in
  if (!info.success || info.data.sub !== claims.sub) return claims;
  return { ...claims, ...info.data };
}

function errorOf({ json }: { json: unknown }): string {
  const parsed = z.object({ error: z.string() }).safeParse(json);
  return parsed.success ? parsed.data.error.slice(0, 100) : "";
}
