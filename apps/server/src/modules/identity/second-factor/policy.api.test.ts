import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../../../../../../tests/harness/browser.ts";
import { colleague, refusal } from "../../../../../../tests/harness/scenarios.ts";
import { appCode, signUpWithApp } from "../../../../../../tests/harness/second-factor.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../../tests/harness/server.ts";
import { manualTicker } from "../../../../../../tests/harness/ticker.ts";
import { auditLog } from "../identity.tables.ts";

const { ticker, advance } = manualTicker();
let server: TestServer;
let ada: Awaited<ReturnType<typeof signUpWithApp>>;
let bob: TestUser;
let key: string;
beforeAll(async () => {
  server = await startTestServer();
  server.services.ticker = ticker;
  ada = await signUpWithApp(server);
  bob = await colleague(server, { tenantId: ada.tenantId }, "admin");
  key = (await ada.browser.trpc.apiKeys.create.mutate({ name: "Site" })).secret;
});
afterAll(() => server.close());

const policy = () => ada.browser.trpc.enterpriseSecurity;
const askModels = () =>
  fetch(`${server.url}/openai/v1/models`, { headers: { authorization: `Bearer ${key}` } });

test("only who manages sign-in sees and changes it, and turns it on with a second factor shown", async () => {
  const agent = await colleague(server, { tenantId: ada.tenantId }, "agent");
  const { guest } = server;
  const set = { requireMfa: true };
  expect(await refusal(guest.enterpriseSecurity.getMfaPolicy.query())).toBe("UNAUTHORIZED");
  expect(await refusal(guest.enterpriseSecurity.setMfaPolicy.mutate(set))).toBe("UNAUTHORIZED");
  expect(await refusal(agent.trpc.enterpriseSecurity.getMfaPolicy.query())).toBe("FORBIDDEN");
  expect(await refusal(agent.trpc.enterpriseSecurity.setMfaPolicy.mutate(set))).toBe("FORBIDDEN");
  expect(await refusal(bob.trpc.enterpriseSecurity.setMfaPolicy.mutate(set))).toBe("ILLEGAL_TRANSITION");
  expect(await bob.trpc.enterpriseSecurity.getMfaPolicy.query()).toEqual({
    requireMfa: false,
    members: 3,
    membersWithout: 2,
  });
});

test("it holds from the next request of every session that is open, on every face, and for what is live", async () => {
  await bob.trpc.bot.list.query({});
  const live = await fetch(`${server.url}/trpc/conversations.changes`, { headers: bob.headers });
  const ended = live.text();
  expect(await policy().setMfaPolicy.mutate({ requireMfa: true })).toMatchObject({ requireMfa: true });

  expect(await bob.trpc.auth.getSession.query()).toMatchObject({ secondFactor: "missing" });
  expect(await refusal(bob.trpc.bot.list.query({}))).toBe("MFA_REQUIRED");
  expect(await refusal(bob.trpc.enterpriseSecurity.setMfaPolicy.mutate({ requireMfa: false }))).toBe(
    "MFA_REQUIRED",
  );
  const asked = await fetch(`${server.url}/api/chat`, {
    method: "POST",
    headers: { ...bob.headers, "content-type": "application/json" },
    body: JSON.stringify({ id: crypto.randomUUID(), messages: [] }),
  });
  expect([asked.status, (await asked.json()).error.code]).toEqual([403, "MFA_REQUIRED"]);
  advance(5_000);
  await ended;
  expect((await askModels()).status).toBe(200); // a program has no second factor to show

  await ada.browser.trpc.bot.list.query({});
  expect(await refusal(ada.browser.trpc.mfa.disable.mutate({}))).toBe("CONFLICT");
});

test("who has none sets one up at once, and goes on", async () => {
  expect(await bob.trpc.mfa.status.query()).toMatchObject({
    required: true,
    enabled: false,
    secondFactor: "missing",
  });
  const browser = openBrowser(server);
  browser.keep([bob.headers.cookie ?? ""].flatMap((line) => line.split("; ")));
  const { secret } = await browser.trpc.mfa.setup.mutate({});
  await browser.trpc.mfa.verify.mutate({ code: appCode(server, secret) });
  await browser.trpc.bot.list.query({});
  expect(await policy().getMfaPolicy.query()).toMatchObject({ membersWithout: 1 });
});

test("it can be lifted, and both changes are in the audit log", async () => {
  await policy().setMfaPolicy.mutate({ requireMfa: false });
  await policy().setMfaPolicy.mutate({ requireMfa: false });
  const rows = await server.services.db
    .system()
    .select()
    .from(auditLog)
    .where(eq(auditLog.tenantId, ada.tenantId));
  const changes = rows.filter(({ action }) => action === "tenant.mfa_policy_changed");
  expect(changes.map(({ before, after, actorId }) => [before, after, actorId])).toEqual([
    [{ requireMfa: false }, { requireMfa: true }, ada.userId],
    [{ requireMfa: true }, { requireMfa: false }, ada.userId],
  ]);
});
