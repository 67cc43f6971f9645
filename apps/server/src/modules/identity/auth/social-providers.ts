import { genericOAuth } from "better-auth/plugins";
import { z } from "zod";

/** Where a provider is, and as what it knows this installation. */
export interface SocialClient {
  clientId: string;
  clientSecret: string;
  /** GitHub Enterprise, or a stand-in at the wire; null: the provider's own address. */
  baseUrl: string | null;
}

export interface SocialClients {
  google: SocialClient | null;
  github: SocialClient | null;
}

/** Milliseconds that a provider may take to say who it is. */
const patience = 10_000;

/**
 * Signing in by Google and GitHub, with state and PKCE. Only an address that the provider has verified counts: any
 * other would make accounts in the name of people who never saw it. Pictures are left out; our pages load none from
 * elsewhere.
 */
export function socialProviders({ google, github }: SocialClients, signUp: "open" | "closed") {
  const common = { pkce: true, disableSignUp: signUp === "closed" };
  return genericOAuth({
    config: [
      ...(google ? [{ ...common, ...googleConfig(google) }] : []),
      ...(github ? [{ ...common, ...githubConfig(github) }] : []),
    ],
  });
}

function googleConfig({ clientId, clientSecret, baseUrl }: SocialClient) {
  return {
    providerId: "google",
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    prompt: "select_account" as const,
    authorizationUrl: `${baseUrl ?? "https://accounts.google.com"}/o/oauth2/v2/auth`,
    tokenUrl: `${baseUrl ?? "https://oauth2.googleapis.com"}/token`,
    async getUserInfo({ accessToken }: { accessToken?: string | undefined }) {
      const address = `${baseUrl ?? "https://openidconnect.googleapis.com"}/v1/userinfo`;
      const profile = googleProfile.parse(await ask(address, accessToken));
      return profile.email_verified ? personOf(profile.sub, profile.email, profile.name) : null;
    },
  };
}

function githubConfig({ clientId, clientSecret, baseUrl }: SocialClient) {
  const site = baseUrl ?? "https://github.com";
  const api = baseUrl ? `${baseUrl}/api/v3` : "https://api.github.com";
  return {
    providerId: "github",
    clientId,
    clientSecret,
    scopes: ["read:user", "user:email"],
    authorizationUrl: `${site}/login/oauth/authorize`,
    tokenUrl: `${site}/login/oauth/access_token`,
    async getUserInfo({ accessToken }: { accessToken?: string | undefined }) {
      const profile = githubProfile.parse(await ask(`${api}/user`, accessToken));
      const emails = githubEmails.parse(await ask(`${api}/user/emails`, accessToken));
      const own = emails.find(({ primary, verified }) => primary && verified);
      return own ? personOf(String(profile.id), own.email, profile.name ?? profile.login) : null;
    },
  };
}

const googleProfile = z.object({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.boolean(),
  name: z.string().optional(),
});
const githubProfile = z.object({ id: z.number().int(), login: z.string(), name: z.string().nullable() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

function personOf(id: string, email: string, name: string | undefined) {
  return { id, email, emailVerified: true, name: (name ?? email).slice(0, 100) };
}

async function ask(address: string, accessToken: string | undefined): Promise<unknown> {
  const response = await fetch(address, {
    headers: {
      accept: "application/json",
      authorization: `Bearer ${accessToken ?? ""}`,
      "user-agent": "Parlance",
    },
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Error(`The provider answered ${response.status}.`);
  return response.json();
}
