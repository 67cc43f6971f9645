import { generateKeyPairSync } from "node:crypto";
import { eq } from "drizzle-orm";
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  importPKCS8,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { signingKeys } from "../identity/auth/auth.tables.ts";
import { authOf } from "../identity/auth/auth-of.ts";

/** What anyone might send as a bearer's token instead of a good one. */
let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let widgetId: string;
let good: string;
const origin = "https://shop.example";
/** A key pair of the attacker's own. */
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." })).id;
  ({ widgetId } = await ada.trpc.widgetConfig.getByBotId.query({ botId }));
  good = (await login(ada)).accessToken;
});
afterAll(() => server.close());

const { login } = restClient(() => server);

/** A request of each face that takes a bearer's token. */
const faces: Record<string, (token: string) => Promise<Response>> = {
  "/v1": (token) => ask("/v1/auth/me", token),
  "/api": (token) => ask("/api/auth/users", token),
  tRPC: (token) => ask("/trpc/bot.list", token),
  "tRPC's tenant procedures": (token) =>
    ask(`/trpc/knowledge.list?input=${encodeURIComponent(JSON.stringify({ botId }))}`, token),
  OpenAI: (token) => ask("/openai/v1/models", token),
  evaluations: (token) => ask(`/api/evaluations/runs?botId=${botId}`, token),
};
const ask = (path: string, token: string) =>
  fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

async function expectRefused(token: string) {
  for (const [face, call] of Object.entries(faces)) expect((await call(token)).status, face).toBe(401);
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const headerOf = () => decodeProtectedHeader(good);
const claimsOf = () => decodeJwt(good);
const signedAs = async (header: object, claims: object = claimsOf()) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "RS256", ...header })
    .sign(await importPKCS8(privateKey, "RS256"));
/** With the server's own keys: what another use of them, or a mistake, might sign. */
const signedByServer = async (change: Record<string, unknown>) =>
  (await authOf(server.services).api.signJWT({ body: { payload: { ...claimsOf(), ...change } } })).token;
const publicKeys = async () => authOf(server.services).api.getJwks();

describe("JWT:", () => {
  const forged: [string, () => Promise<string>][] = [
    [
      "none, without a signature",
      async () => `${base64({ ...headerOf(), alg: "none" })}.${base64(claimsOf())}.`,
    ],
    [
      "None, with the old signature",
      async () => `${base64({ ...headerOf(), alg: "None" })}.${good.split(".")[1]}.${good.split(".")[2]}`,
    ],
    ["no algorithm", async () => `${base64({ kid: headerOf().kid })}.${base64(claimsOf())}.x`],
    [
      "altered claims",
      async () =>
        `${good.split(".")[0]}.${base64({ ...claimsOf(), user_id: eve.userId })}.${good.split(".")[2]}`,
    ],
    [
      "HS256 with the public key as the secret (HS/RS confusion)",
      async () => {
        const [key] = (await publicKeys()).keys;
        const secret = new TextEncoder().encode(JSON.stringify(key));
        return new SignJWT(claimsOf())
          .setProtectedHeader({ alg: "HS256", kid: headerOf().kid ?? "" })
          .sign(secret);
      },
    ],
    ["another's key under the kid of ours", () => signedAs({ kid: headerOf().kid })],
    ["a kid that is a path", () => signedAs({ kid: "../../../../dev/null" })],
    ["a kid that is SQL", () => signedAs({ kid: "x' UNION SELECT '{}' --" })],
    ["a kid that nobody has", () => signedAs({ kid: newId() })],
    [
      "jku and x5u to the attacker's keys",
      () => signedAs({ kid: headerOf().kid, jku: `${server.url}/keys`, x5u: `${server.url}/keys` }),
    ],
    [
      "jwk in the header",
      async () => {
        const jwk = await exportJWK(await importPKCS8(privateKey, "RS256", { extractable: true }));
        return signedAs({ kid: headerOf().kid, jwk: { kty: "RSA", n: jwk.n, e: jwk.e } });
      },
    ],
    ["expired", () => signedByServer({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ["another audience", () => signedByServer({ aud: "https://other.example" })],
    ["another issuer", () => signedByServer({ iss: "https://other.example" })],
    ["another purpose", () => signedByServer({ purpose: "invite" })],
    ["no purpose", () => signedByServer({ purpose: undefined })],
    ["another tenant", () => signedByServer({ tenant_id: eve.tenantId })],
    ["another user", () => signedByServer({ user_id: eve.userId })],
    ["a session that is none", () => signedByServer({ sid: newId() })],
    ["a refresh token", async () => (await login(ada)).refreshToken],
    ["what better-auth would sign by itself", () => signedByServer({ purpose: undefined, sub: ada.userId })],
  ];
  test.each(forged)("%s is refused on every face", async (_title, make) => expectRefused(await make()));

  test("the good token is taken where a person may call, so that the faces above are asked rightly", async () => {
    expect((await faces["/v1"]?.(good))?.status).toBe(200);
    expect((await faces.tRPC?.(good))?.status).toBe(200);
    expect((await faces["tRPC's tenant procedures"]?.(good))?.status).toBe(200);
    expect((await faces["/api"]?.(good))?.status).toBe(403);
  });

  test("B08: a token that is only decoded, or signed with a secret that ships, opens nothing", async () => {
    for (const secret of ["", "secret", "parlance", "changeme", server.url, ada.tenantId]) {
      const bytes = new TextEncoder().encode(secret || "\0");
      await expectRefused(await new SignJWT(claimsOf()).setProtectedHeader({ alg: "HS256" }).sign(bytes));
    }
  });

  test("what a platform administrator's token says of a role, gives none", async () => {
    const mia = await colleague(server, ada, "member");
    const claims = decodeJwt((await login(mia)).accessToken);
    const { token } = await authOf(server.services).api.signJWT({
      body: { payload: { ...claims, role: "owner" } },
    });
    expect((await ask("/api/auth/users", token)).status).toBe(403);
  });
});

describe("the keys", () => {
  const jwks = () => new URL(`${server.url}/api/auth/.well-known/jwks.json`);

  test("are public, so that anyone can verify a token with the claims of seed 002", async () => {
    const { payload, protectedHeader } = await jwtVerify(good, createRemoteJWKSet(jwks()), {
      issuer: server.url,
      audience: server.url,
    });
    expect(protectedHeader).toMatchObject({ alg: "RS256", kid: expect.any(String) });
    expect(payload).toMatchObject({
      user_id: ada.userId,
      email: ada.email,
      role: "owner",
      tenant_id: ada.tenantId,
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    const text = JSON.stringify(await (await fetch(jwks())).json());
    for (const secretPart of ['"d":', '"p":', '"q":']) expect(text).not.toContain(secretPart);
  });

  test("private ones are encrypted at rest", async () => {
    const rows = await server.services.db.system().select().from(signingKeys);
    expect(rows.length).toBeGreaterThan(0);
    for (const { privateKey } of rows) expect(privateKey).not.toMatch(/"d"|kty|BEGIN/);
  });

  test("rotate: the old one verifies for a week after it signed last, then no more", async () => {
    const db = server.services.db.system();
    const day = 86_400_000;
    const { now } = server.services;
    await db.update(signingKeys).set({ expiresAt: new Date(Date.now() - 6 * day) });
    const next = (await login(ada)).accessToken;
    expect(decodeProtectedHeader(next).kid).not.toBe(headerOf().kid);
    for (const token of [good, next]) expect((await ask("/v1/auth/me", token)).status).toBe(200);
    const old = { expiresAt: new Date(Date.now() - 8 * day) };
    await db
      .update(signingKeys)
      .set(old)
      .where(eq(signingKeys.id, headerOf().kid ?? ""));
    const later = Date.now() + 61_000; // public keys are kept for a minute
    server.services.now = () => new Date(later);
    expect((await ask("/v1/auth/me", good)).status).toBe(401);
    expect((await ask("/v1/auth/me", next)).status).toBe(200);
    server.services.now = now;
    good = next;
  });
});

describe("a widget's token", () => {
  const sessionSchema = z.object({ token: z.string(), conversationId: z.uuid() });
  async function openWidget() {
    const response = await fetch(`${server.url}/api/widget/${widgetId}/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: "{}",
    });
    const text = await response.text();
    return { text, ...sessionSchema.parse(JSON.parse(text)) };
  }
  const chat = (token: string, body: object, from = origin) =>
    fetch(`${server.url}/api/chat`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", origin: from },
      body: JSON.stringify({
        messages: [{ role: "user", parts: [{ type: "text", text: "Hello" }] }],
        ...body,
      }),
    });

  test("used as an agent's token is refused on every face", async () => {
    await expectRefused((await openWidget()).token);
  });

  test("is bound to its origin, its conversation and its bot", async () => {
    const mine = await openWidget();
    const other = await openWidget();
    expect((await chat(mine.token, { id: mine.conversationId })).status).toBe(200);
    expect((await chat(mine.token, { id: mine.conversationId }, "https://evil.example")).status).toBe(403);
    expect((await chat(mine.token, { id: other.conversationId })).status).toBe(404);
    const second = await ada.trpc.bot.create.mutate({ name: "Second" });
    expect((await chat(mine.token, { id: newId(), botId: second.id })).status).toBe(404);
    for (const token of [good, (await ada.trpc.apiKeys.create.mutate({ name: "K" })).secret]) {
      const feed = await ask(`/api/chat/${other.conversationId}/handoff`, token);
      expect(feed.status, "no visitor").toBeGreaterThanOrEqual(400);
    }
  });

  test("B03: what is public of a workspace leads to no key of it", async () => {
    const keys = await Promise.all(
      Array.from({ length: 20 }, (_, n) => ada.trpc.apiKeys.create.mutate({ name: `Key ${n}` })),
    );
    const secrets = keys.map(({ secret }) => secret.slice(-47));
    expect(new Set(secrets.map((text) => text.slice(0, 8))).size).toBe(secrets.length); // made at once, yet unlike
    const { token } = await openWidget();
    const bot = await ada.trpc.bot.byId.query({ id: botId });
    for (const name of [
      widgetId,
      bot?.publicUrlId ?? "",
      botId,
      ada.tenantId,
      token,
      keys[0]?.prefix ?? "",
    ]) {
      await expectRefused(name);
      for (const secret of secrets) expect(secret).not.toContain(name.slice(-12));
    }
  });

  test("B11: no key is in anything that a visitor gets", async () => {
    await ada.trpc.apiKeys.create.mutate({ name: "Secret", permissions: ["chat"] });
    const bot = await ada.trpc.bot.byId.query({ id: botId });
    const { text, token } = await openWidget();
    const page = await (await fetch(`${server.url}/c/${bot?.publicUrlId ?? ""}`)).text();
    for (const seen of [text, page, JSON.stringify(decodeJwt(token))]) expect(seen).not.toMatch(/prl_|prr_/);
  });
});
