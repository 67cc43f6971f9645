import { createServer, type IncomingMessage } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import {
  postAuth,
  sessionOf,
  startTestServer,
  type TestServer,
} from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { accounts, users } from "../identity.tables.ts";

/** Whom Google and GitHub would let in, and what they were asked. */
const provider = {
  id: "1",
  email: "ada@example.test",
  verified: true,
  codes: new Map<string, string>(),
  tokenRequests: [] as URLSearchParams[],
};
let server: TestServer;
let base: string;
const wire = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", base);
  const answer = (body: object) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(body));
  };
  if (url.pathname.endsWith("/token") || url.pathname.endsWith("/access_token")) {
    const form = new URLSearchParams(await bodyOf(request));
    provider.tokenRequests.push(form);
    const challenge = provider.codes.get(form.get("code") ?? "");
    if (!challenge || challenge !== (await challengeOf(form.get("code_verifier") ?? ""))) {
      response.statusCode = 400;
      return answer({ error: "invalid_grant" });
    }
    return answer({ access_token: "token-of-the-provider", token_type: "Bearer", expires_in: 3600 });
  }
  if (request.headers.authorization !== "Bearer token-of-the-provider") {
    response.statusCode = 401;
    return answer({});
  }
  const { id, email, verified } = provider;
  if (url.pathname === "/v1/userinfo")
    return answer({ sub: id, email, email_verified: verified, name: "Ada" });
  if (url.pathname === "/api/v3/user") return answer({ id: Number(id), login: "ada", name: null });
  return answer([
    { email: "other@example.test", primary: false, verified: true },
    { email, primary: true, verified },
  ]);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => wire.listen(0, "127.0.0.1", resolve));
  const address = wire.address();
  if (address === null || typeof address === "string") throw new Error("The provider has no port.");
  base = `http://127.0.0.1:${address.port}`;
  server = await startTestServer({
    GOOGLE_CLIENT_ID: "google-id",
    GOOGLE_CLIENT_SECRET: "google-secret",
    GOOGLE_BASE_URL: base,
    GITHUB_CLIENT_ID: "github-id",
    GITHUB_CLIENT_SECRET: "github-secret",
    GITHUB_BASE_URL: base,
  });
});
afterAll(async () => {
  await server.close();
  wire.closeAllConnections();
  await new Promise((resolve) => wire.close(resolve));
});
beforeEach(() => {
  Object.assign(provider, { id: String(Date.now()), email: `${newId()}@example.test`, verified: true });
});

type Name = "google" | "github";

/** Begins at the server, as the browser does: the address to go to and the cookies that go along. */
async function begin(name: Name, next?: string) {
  const response = await postAuth(server.url, "startSocial", { provider: name, ...(next ? { next } : {}) });
  const url = new URL((await response.json()).result.data.url);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const code = newId();
  provider.codes.set(code, url.searchParams.get("code_challenge") ?? "");
  return { url, cookie, code, state: url.searchParams.get("state") ?? "" };
}

/** Comes back from the provider. */
function comeBack(name: Name, query: Record<string, string>, cookie: string) {
  return fetch(`${server.url}/api/auth/callback/${name}?${new URLSearchParams(query)}`, {
    headers: { cookie },
    redirect: "manual",
  });
}

async function signIn(name: Name, next?: string) {
  const { cookie, code, state } = await begin(name, next);
  return comeBack(name, { code, state }, cookie);
}

describe.each(["google", "github"] as const)("%s", (name) => {
  test("signs in whoever the provider verified, with a tenant of their own, and knows them again", async () => {
    const first = await signIn(name, "/inbox");
    expect(first.headers.get("location")).toBe(`${server.url}/inbox`);
    const { session } = await sessionOf(server.url, first);
    expect(session).toMatchObject({ role: "owner", user: { email: provider.email } });
    const again = await sessionOf(server.url, await signIn(name));
    expect(again.session.user.id).toBe(session.user.id);
    const [account] = await server.services.db
      .system()
      .select()
      .from(accounts)
      .where(eq(accounts.userId, session.user.id));
    expect(account).toMatchObject({ providerId: name, accountId: provider.id });
    expect(account?.accessToken).toBeTruthy();
    expect(account?.accessToken).not.toContain("token-of-the-provider"); // encrypted
  });

  test("lets nobody in by an address that the provider has not verified", async () => {
    provider.verified = false;
    const refused = await signIn(name);
    expect(new URL(refused.headers.get("location") ?? "").pathname).toBe("/sign-in");
    expect(await server.services.db.system().$count(users, eq(users.email, provider.email))).toBe(0);
  });

  test("asks with state and PKCE, and never sends the browser elsewhere", async () => {
    const { url } = await begin(name);
    expect(url.origin).toBe(base);
    expect(url.searchParams.get("code_challenge_method")).toBe("S256");
    expect(url.searchParams.get("redirect_uri")).toBe(`${server.url}/api/auth/callback/${name}`);
  });
});

test("an account is not joined to another's whose address nobody confirmed", async () => {
  const person = await server.signUp("Unconfirmed");
  provider.email = person.email;
  const refused = await signIn("google");
  const location = new URL(refused.headers.get("location") ?? "");
  expect([location.pathname, location.searchParams.get("error")]).toEqual(["/sign-in", "account_not_linked"]);
  await server.services.db
    .system()
    .update(users)
    .set({ emailVerified: true })
    .where(eq(users.id, person.userId));
  const { session } = await sessionOf(server.url, await signIn("google"));
  expect(session.user.id).toBe(person.userId);
});

test("a suspended account is not let in, and told why", async () => {
  const { session } = await sessionOf(server.url, await signIn("google"));
  await server.services.db
    .system()
    .update(users)
    .set({ status: "SUSPENDED" })
    .where(eq(users.id, session.user.id));
  const refused = await signIn("google");
  expect(new URL(refused.headers.get("location") ?? "").searchParams.get("error")).toBe("ACCOUNT_SUSPENDED");
  expect(refused.headers.getSetCookie().some((line) => /session_token=[^;]/.test(line))).toBe(false);
});

describe("a callback", () => {
  const withoutSession = async (response: Response) => {
    const location = new URL(response.headers.get("location") ?? "");
    expect(`${location.origin}${location.pathname}`).toBe(`${server.url}/sign-in`);
    expect(response.headers.getSetCookie().some((line) => /session_token=[^;]/.test(line))).toBe(false);
  };

  test("of another browser, a second time, or with a made-up state signs nobody in", async () => {
    const { cookie, code, state } = await begin("google");
    await withoutSession(await comeBack("google", { code, state }, "")); // the attacker's link, in a victim's browser
    await withoutSession(await comeBack("google", { code, state: "made-up" }, cookie));
    expect((await comeBack("google", { code, state }, cookie)).headers.get("location")).toBe(
      `${server.url}/`,
    );
    await withoutSession(await comeBack("google", { code, state }, cookie));
  });

  test("with a code that was stolen fails at the provider, for want of the verifier", async () => {
    const victim = await begin("google");
    const attacker = await begin("google");
    await withoutSession(
      await comeBack("google", { code: victim.code, state: attacker.state }, attacker.cookie),
    );
  });
});

test.each([
  ["//evil.example"],
  ["/\\evil.example"],
  ["https://evil.example"],
  ["/\t/evil.example"],
  ["/\r\n/evil.example"],
  ["javascript:alert(1)"],
  ["evil.example"],
])("next: %j is refused", async (next) => {
  expect(await refusal(server.guest.auth.startSocial.mutate({ provider: "google", next }))).toBe(
    "VALIDATION_ERROR",
  );
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return Buffer.from(digest).toString("base64url");
}
