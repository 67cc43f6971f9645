import { and, eq } from "drizzle-orm";
import { members, users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import type { OidcProvider } from "./oidc-provider.ts";
import type { SamlProvider } from "./saml-provider.ts";
import { sessionOf, startTestServer, type TestServer, type TestUser } from "./server.ts";

export interface SsoWorld {
  server: TestServer;
  dns: DnsServer;
  /** Moves the server's clock. */
  wait(milliseconds: number): void;
  close(): Promise<void>;
}

/** A server that may reach these hosts and asks a name server of the test's, with a clock that the test moves. */
export async function startSsoWorld(hosts: string[] = []): Promise<SsoWorld> {
  const dns = await startDnsServer();
  const server = await startTestServer({
    DNS_SERVERS: dns.address,
    ...(hosts.length > 0 ? { OUTBOUND_ALLOWED_HOSTS: hosts.join(",") } : {}),
  });
  let later = 0;
  server.services.now = () => new Date(Date.now() + later);
  return {
    server,
    dns,
    wait(milliseconds) {
      later += milliseconds;
    },
    async close() {
      await server.close();
      await dns.close();
    },
  };
}

type Settings = Parameters<TestUser["trpc"]["enterpriseSecurity"]["setSsoConfig"]["mutate"]>[0];

export function oidcSettings(
  provider: OidcProvider,
  domain: string,
  changes: Partial<Settings> = {},
): Settings {
  const { id: clientId, secret: clientSecret } = provider.client;
  return { template: "oidc", domain, oidc: { issuer: provider.issuer, clientId, clientSecret }, ...changes };
}

export function samlSettings(
  provider: SamlProvider,
  domain: string,
  changes: Partial<Settings> = {},
): Settings {
  return { template: "saml", domain, saml: { metadataXml: provider.metadata }, ...changes };
}

/** Sets single sign-on up as a person does: save, publish the record, verify, switch on. */
export async function connect({ dns }: Pick<SsoWorld, "dns">, owner: TestUser, settings: Settings) {
  const { enterpriseSecurity } = owner.trpc;
  const { config } = await enterpriseSecurity.setSsoConfig.mutate(settings);
  if (!config) throw new Error("Nothing was set up.");
  dns.texts.set(config.domainRecord.name, [config.domainRecord.value]);
  const check = await enterpriseSecurity.verifySsoDomain.mutate();
  if (!check.verified) throw new Error(`The domain was not verified: ${check.problem}`);
  return enterpriseSecurity.setSsoConfig.mutate({ ...settings, enabled: true });
}

/** A browser without pages: it keeps cookies and follows where it is sent, one step at a time. */
export class TestBrowser {
  readonly server: TestServer;
  readonly cookies = new Map<string, string>();

  constructor(server: TestServer) {
    this.server = server;
  }

  /** Gives where the answer leads, and its status. `cookies: "none"`: another site made it send this. */
  async go(
    url: string,
    { form, cookies = "own" }: { form?: URLSearchParams; cookies?: "own" | "none" } = {},
  ): Promise<{ status: number; location: string | null; response: Response }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(url, this.server.url), {
      redirect: "manual",
      headers: {
        ...(cookies === "own" && cookie ? { cookie } : {}),
        ...(form ? { origin: "https://provider.example" } : {}),
      },
      ...(form ? { method: "POST", body: form } : {}),
    });
    this.keep(response);
    return { status: response.status, location: response.headers.get("location"), response };
  }

  /** Begins a sign-in: gives the provider's page, or null. */
  async start(email: string, next?: string): Promise<string | null> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(`${this.server.url}/trpc/auth.ssoStart`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.server.url, ...(cookie ? { cookie } : {}) },
      body: JSON.stringify({ email, ...(next === undefined ? {} : { next }) }),
    });
    this.keep(response);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error?.message);
    return answer.result.data.url;
  }

  /** The session that the cookies hold. */
  async session() {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    const headers = new Headers();
    for (const pair of cookie) headers.append("set-cookie", pair);
    return (await sessionOf(this.server.url, new Response(null, { headers }))).session;
  }

  private keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

/** Signs in by an OIDC provider to the end: gives the page where the browser arrives. */
export async function signInByOidc(
  browser: TestBrowser,
  provider: OidcProvider,
  email: string,
  next?: string,
): Promise<string | null> {
  const { person } = provider;
  provider.person = { email, email_verified: true, sub: `subject of ${email}`, ...person };
  const url = await browser.start(email, next);
  if (!url) throw new Error("Nothing was begun.");
  const back = await provider.approve(url);
  const { location } = await browser.go(back.href);
  provider.person = person;
  return location;
}

/** What is kept of somebody who belongs to the tenant; null for nobody. */
export async function memberOf(server: TestServer, tenantId: string, email: string) {
  const [row] = await server.services.db
    .system()
    .select({ userId: users.id, role: members.role, name: users.name, emailVerified: users.emailVerified })
    .from(users)
    .innerJoin(members, eq(members.userId, users.id))
    .where(and(eq(users.email, email), eq(members.organizationId, tenantId)));
  return row ?? null;
}
