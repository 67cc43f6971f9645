import { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import type { Outbound } from "../../../platform/http/index.ts";
import { fetchJson } from "../fetch-document.ts";

const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

const documentSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: webAddress,
  token_endpoint: webAddress,
  jwks_uri: webAddress,
  userinfo_endpoint: webAddress.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
});

export interface Provider {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  keysUrl: string;
  userInfoEndpoint: string | null;
  /** How our secret is shown at the token endpoint. */
  secretIn: "header" | "body";
}

/**
 * What an issuer says of itself, read anew for each sign-in, so that a provider may move. Throws VALIDATION_ERROR,
 * which says what is wrong with it, and what the guarded `fetch` throws.
 */
export async function discover(outbound: Pick<Outbound, "fetch">, issuer: string): Promise<Provider> {
  const address = discoveryUrl(issuer);
  const { status, json } = await fetchJson(outbound, address);
  if (status !== 200) {
    throw wrong(
      `${address} answered with status ${status}. Check the issuer: its description must be found below it.`,
    );
  }
  if (json === undefined) throw wrong(`${address} does not hold JSON. Check the issuer.`);
  const parsed = documentSchema.safeParse(json);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "all of it");
    throw wrong(`The description of the provider is incomplete or malformed: ${fields.join(", ")}.`);
  }
  const { data } = parsed;
  if (data.issuer !== issuer) {
    throw wrong(
      `The provider calls itself ${data.issuer.slice(0, 200)}. Enter that as the issuer, letter by letter.`,
    );
  }
  const methods = data.token_endpoint_auth_methods_supported;
  const inBody = methods?.includes("client_secret_post") && !methods.includes("client_secret_basic");
  return {
    issuer,
    authorizationEndpoint: data.authorization_endpoint,
    tokenEndpoint: data.token_endpoint,
    keysUrl: data.jwks_uri,
    userInfoEndpoint: data.userinfo_endpoint ?? null,
    secretIn: inBody ? "body" : "header",
  };
}

export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

function wrong(message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path: "issuer", message }] } });
}
