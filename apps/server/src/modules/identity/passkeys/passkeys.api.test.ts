import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuthenticator } from "../../../../../../tests/harness/authenticator.ts";
import { openBrowser, type TestBrowser } from "../../../../../../tests/harness/browser.ts";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import { signUpWithApp } from "../../../../../../tests/harness/second-factor.ts";
import { password, startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { securityEvents } from "../security.tables.ts";

let server: TestServer;
/** How far the server's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + ahead);
});
afterAll(() => server.close());

type Authenticator = ReturnType<typeof createAuthenticator>;

async function signUp() {
  const browser = openBrowser(server);
  await browser.trpc.auth.register.mutate({ name: "Ada", email: `${newId()}@example.test`, password });
  return browser;
}

async function register({ trpc }: TestBrowser, authenticator: Authenticator, name?: string) {
  const { challenge } = await trpc.passkeys.startRegistration.mutate({});
  return trpc.passkeys.finishRegistration.mutate({ name, response: authenticator.register(challenge) });
}

async function signIn({ trpc }: TestBrowser, authenticator: Authenticator) {
  const { challenge } = await trpc.passkeys.startSignIn.mutate();
  return trpc.passkeys.finishSignIn.mutate({ response: authenticator.signIn(challenge) });
}

test("a passkey is registered, listed, renamed, signs in, and signs in no more once it is removed", async () => {
  const ada = await signUp();
  const device = createAuthenticator(server.url);
  const made = await register(ada, device, "Laptop");
  await ada.trpc.passkeys.rename.mutate({ id: made.id, name: "Work laptop" });
  expect(await ada.trpc.passkeys.list.query()).toMatchObject([{ id: made.id, name: "Work laptop" }]);

  const other = openBrowser(server);
  expect(await signIn(other, device)).toEqual({ status: "signed-in" });
  const session = await other.trpc.auth.getSession.query();
  expect(session).toMatchObject({ secondFactor: "shown", user: { name: "Ada" } });
  const before = openBrowser(server, { like: other });
  expect(await signIn(other, device)).toEqual({ status: "signed-in" });
  expect(await before.trpc.auth.getSession.query()).toBeNull();

  await ada.trpc.passkeys.delete.mutate({ id: made.id });
  expect(await refusal(signIn(openBrowser(server), device))).toBe("VALIDATION_ERROR");
  const events = await server.services.db
    .system()
    .select({ kind: securityEvents.kind })
    .from(securityEvents)
    .where(eq(securityEvents.userId, session?.user.id ?? ""));
  const kinds = events.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["passkey_added", "passkey_removed", "new_device"]));
});

test.each([
  { verifiesUser: true, status: "signed-in", secondFactor: "shown" },
  { verifiesUser: false, status: "second-factor", secondFactor: "missing" },
])("a passkey that checks its user ($verifiesUser) leaves the second factor $secondFactor", async (row) => {
  const ada = await signUpWithApp(server);
  const device = createAuthenticator(server.url, { verifiesUser: row.verifiesUser });
  await register(ada.browser, device);
  const other = openBrowser(server);
  expect(await signIn(other, device)).toEqual({ status: row.status });
  expect(await other.trpc.auth.getSession.query()).toMatchObject({ secondFactor: row.secondFactor });
  const call = other.trpc.bot.list.query({});
  if (row.secondFactor === "missing") expect(await refusal(call)).toBe("MFA_REQUIRED");
  else await call;
});

test("an answer works once, for its own challenge, ceremony, browser and key", async () => {
  const ada = await signUp();
  const device = createAuthenticator(server.url);
  await register(ada, device);
  const { trpc } = openBrowser(server);
  const finish = (response: ReturnType<Authenticator["signIn"]>) =>
    refusal(trpc.passkeys.finishSignIn.mutate({ response }));
  const challenge = async () => (await trpc.passkeys.startSignIn.mutate()).challenge;

  const used = device.signIn(await challenge());
  await trpc.passkeys.finishSignIn.mutate({ response: used });
  expect(await finish(used)).toBe("VALIDATION_ERROR");
  expect(await finish(device.signIn("bm90IHRoZSBjaGFsbGVuZ2U"))).toBe("VALIDATION_ERROR");
  const elsewhere = await openBrowser(server).trpc.passkeys.startSignIn.mutate();
  expect(await finish(device.signIn(elsewhere.challenge))).toBe("VALIDATION_ERROR");
  const phishing = createAuthenticator("http://phishing.test");
  expect(await finish(phishing.signIn(await challenge()))).toBe("VALIDATION_ERROR");
  const stranger = createAuthenticator(server.url);
  expect(await finish({ ...stranger.signIn(await challenge()), id: device.credentialId })).toBe(
    "VALIDATION_ERROR",
  );
  // "user verified" added after the key had signed that nobody was checked
  const careless = createAuthenticator(server.url, { verifiesUser: false });
  await register(ada, careless);
  const signed = careless.signIn(await challenge());
  const data = Buffer.from(signed.response.authenticatorData, "base64url");
  data[32] = (data[32] ?? 0) | 0x04;
  const raised = { ...signed.response, authenticatorData: data.toString("base64url") };
  expect(await finish({ ...signed, response: raised })).toBe("VALIDATION_ERROR");
});

test("a credential belongs to one person: nobody registers it a second time", async () => {
  const device = createAuthenticator(server.url);
  await register(await signUp(), device);
  expect(await refusal(register(await signUp(), device))).toBe("VALIDATION_ERROR");
});

test("guests have none, foreign and absent ones are NOT_FOUND alike, and changes are confirmed", async () => {
  const ada = await signUp();
  const made = await register(ada, createAuthenticator(server.url));
  const eve = await signUp();
  for (const id of [made.id, newId()]) {
    expect(await refusal(eve.trpc.passkeys.rename.mutate({ id, name: "Mine" }))).toBe("NOT_FOUND");
    expect(await refusal(eve.trpc.passkeys.delete.mutate({ id }))).toBe("NOT_FOUND");
  }
  const { passkeys } = server.guest;
  const response = createAuthenticator(server.url).register("x");
  const refused = [
    passkeys.list.query(),
    passkeys.startRegistration.mutate({}),
    passkeys.finishRegistration.mutate({ response }),
    passkeys.rename.mutate({ id: made.id, name: "Mine" }),
    passkeys.delete.mutate({ id: made.id }),
  ];
  for (const code of await Promise.all(refused.map(refusal))) expect(code).toBe("UNAUTHORIZED");
  for (const name of ["", " ", "x".repeat(61)]) {
    expect(await refusal(ada.trpc.passkeys.rename.mutate({ id: made.id, name }))).toBe("VALIDATION_ERROR");
  }
  ahead = 11 * 60_000;
  expect(await refusal(ada.trpc.passkeys.startRegistration.mutate({}))).toBe("VALIDATION_ERROR");
  expect(await refusal(ada.trpc.passkeys.delete.mutate({ id: made.id, password: "wrong" }))).toBe(
    "VALIDATION_ERROR",
  );
  await ada.trpc.passkeys.delete.mutate({ id: made.id, password });
});
