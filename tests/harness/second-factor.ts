import { beginSession } from "../../apps/server/src/modules/identity/index.ts";
import { codeOf, stepAt } from "../../apps/server/src/modules/identity/second-factor/totp.ts";
import type { TestBrowser } from "./browser.ts";
import { openBrowser } from "./browser.ts";
import { password, type TestServer } from "./server.ts";

/**
 * The code that an authenticator app shows. `away`: of the step before (-1) or after (1), which work too: tests use
 * those, in order, where several codes are needed and nobody waits for half a minute.
 */
export function appCode(server: TestServer, secret: string, away: -1 | 0 | 1 = 0): string {
  return codeOf(secret, stepAt(server.services.now()) + away);
}

/** A code that is not right, whatever the time. */
export function wrongCode(server: TestServer, secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((away) => codeOf(secret, stepAt(server.services.now()) + away));
  for (let code = 100_000; ; code++) if (!right.includes(String(code))) return String(code);
}

/** Signs a new person up in a browser, and turns two-step verification on by the code of the step before. */
export async function signUpWithApp(server: TestServer, name = "Ada") {
  const browser = openBrowser(server);
  const email = `${crypto.randomUUID()}@example.test`;
  await browser.trpc.auth.register.mutate({ name, email, password });
  const { secret } = await browser.trpc.mfa.setup.mutate({});
  const { backupCodes } = await browser.trpc.mfa.verify.mutate({ code: appCode(server, secret, -1) });
  if (!backupCodes) throw new Error("There are no backup codes.");
  const session = await browser.trpc.auth.getSession.query();
  if (!session) throw new Error("Nobody is signed in.");
  const person = { email, secret, backupCodes, userId: session.user.id, tenantId: session.tenant.id };
  return { ...person, browser, signIn: (other: TestBrowser) => signIn(other, email) };
}

/** A browser with a session of someone's that showed no second factor, begun without the work of checking a password. */
export async function halfSignedIn(server: TestServer, userId: string): Promise<TestBrowser> {
  const browser = openBrowser(server);
  const setCookies = (lines: readonly string[]) => browser.keep(lines);
  await beginSession(server.services, { headers: new Headers(browser.headers()), setCookies }, { userId });
  return browser;
}

/** Signs in by the password alone, in a browser. */
export function signIn({ trpc }: TestBrowser, email: string) {
  return trpc.auth.login.mutate({ email, password });
}
