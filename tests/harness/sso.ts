import { and, eq } from "drizzle-orm";
import { members, users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";
import { type DnsServer, startDnsServer } from "./dns-server.ts";
import type { OidcProvider } from "./oidc-provider.ts";
import type { SamlProvider } from "./saml-provider.ts";
import { startTestServer, type TestServer, type TestUser, type TrpcClient } from "./server.ts";

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

export interface SsoBrowser extends TestBrowser {
  /** Goes to an address without following where it leads. `cookies: "none"`: another site has it post the form. */
  go(
    url: string,
    how?: { form?: URLSearchParams; cookies?: "own" | "none" },
  ): Promise<{ status: number; location: string | null }>;
  /** Begins a sign-in: gives the provider's page, or null. */
  start(email: string, next?: string): Promise<string | null>;
  /** The session that the cookies hold; throws without one. */
  session(): Promise<NonNullable<Awaited<ReturnType<TrpcClient["auth"]["getSession"]["query"]>>>>;
}

/** A browser that follows where providers send it, one step at a time. */
export function openSsoBrowser(server: TestServer): SsoBrowser {
  const browser = openBrowser(server);
  return {
    ...browser,
    async go(url, { form, cookies = "own" } = {}) {
      const { cookie } = browser.headers();
      const response = await fetch(new URL(url, server.url), {
        redirect: "manual",
        headers: {
          ...(cookies === "own" && cookie ? { cookie } : {}),
          ...(form ? { origin: "https://provider.example" } : {}),
        },
        ...(form ? { method: "POST", body: form } : {}),
      });
      browser.keep(response.headers.getSetCookie());
      return { status: response.status, location: response.headers.get("location") };
    },
    start: async (email, next) =>
      (await browser.trpc.auth.ssoStart.mutate({ email, ...(next === undefined ? {} : { next }) })).url,
    async session() {
      const session = await browser.trpc.auth.getSession.query();
      if (!session) throw new Error("There is no session.");
      return session;
    },
  };
}

/** Signs in by an OIDC provider to the end: gives the page where the browser arrives. */
export async function signInByOidc(
  browser: SsoBrowser,
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
