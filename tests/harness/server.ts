import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { buildApp } from "../../apps/server/src/app/build-app.ts";
import { buildServices } from "../../apps/server/src/app/build-services.ts";
import { startWorker } from "../../apps/server/src/app/build-worker.ts";
import type { AppRouter } from "../../apps/server/src/app/trpc-router.ts";
import type { Services } from "../../apps/server/src/faces/principal.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { readEnv } from "../../apps/server/src/platform/env/index.ts";
import { createLog } from "../../apps/server/src/platform/log/index.ts";
import { hashCheaply } from "./cheap-passwords.ts";
import { openTestDb } from "./database.ts";
import { freePort } from "./free-port.ts";

export interface TestServer {
  /** Where it listens, without a slash at its end. */
  url: string;
  services: Services;
  /** Signs a new person up, who is the owner of a new tenant, and gives a client of theirs. */
  signUp(name?: string): Promise<TestUser>;
  /** A client of nobody. */
  guest: TrpcClient;
  close(): Promise<void>;
}

export type TrpcClient = ReturnType<typeof createTRPCClient<AppRouter>>;

export interface TestUser {
  email: string;
  trpc: TrpcClient;
  /** For requests that are not tRPC's. */
  headers: Record<string, string>;
  userId: string;
  tenantId: string;
}

/**
 * The whole server on a free port, over a database of its own: what a test talks to is what users get.
 * `log` gets every line of its log; `db` is a database that outlives the server, for what a restart keeps. Passwords are
 * hashed at a twentieth of the cost unless they are "real".
 */
export async function startTestServer(
  env: Record<string, string> = {},
  options: { log?: (line: string) => void; db?: Db; passwords?: "real" } = {},
): Promise<TestServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const directory = mkdtempSync(join(process.env.TEST_DIRECTORY ?? tmpdir(), "parlance-test-"));
  const settings = readEnv({
    NODE_ENV: "test",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "silent",
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: directory,
    DEMO: "false",
    RATE_LIMIT_SCALE: "1000", // tests call more often than people; those of the limits set 1
    // counted apart from every other test server's: they share one address and one Redis
    ...(process.env.REDIS_URL
      ? { REDIS_URL: `${process.env.REDIS_URL}?keyPrefix=${crypto.randomUUID()}:` }
      : {}),
    ...env,
  });
  const { log: write } = options;
  const log = write ? createLog("trace", { write }) : createLog(settings.LOG_LEVEL);
  const db = options.db ?? (await openTestDb());
  const running = await buildServices(settings, log, { db });
  if (options.passwords !== "real") await hashCheaply(running.services);
  const worker = await startWorker(running.services);
  const app = await buildApp(running, settings);
  await app.listen({ host: "127.0.0.1", port });
  let people = 0;
  return {
    url,
    services: running.services,
    guest: clientFor(url, {}),
    async signUp(name = "Test") {
      const email = `person-${++people}-${crypto.randomUUID()}@example.test`;
      const response = await postAuth(url, "register", { name, email, password });
      if (!response.ok) throw new Error(`Sign-up failed: ${response.status} ${await response.text()}`);
      const { headers, session } = await sessionOf(url, response);
      const trpc = clientFor(url, headers);
      return { email, trpc, headers, userId: session.user.id, tenantId: session.tenant.id };
    },
    async close() {
      await app.close();
      await worker.close();
      await running.close();
      if (!options.db) await db.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

let shared: Promise<TestServer> | undefined;

/**
 * The server that all test files of one process share which need nothing of their own: no environment, clock, provider or
 * empty database. Everybody in it is a new tenant, so that they do not see each other; it goes with the process.
 */
export async function sharedTestServer(): Promise<TestServer> {
  shared ??= startTestServer();
  return { ...(await shared), close: async () => {} };
}

/** The password of everyone who was signed up by `signUp`. */
export const password = "correct horse";

/** Calls a procedure of `auth` as a browser does, for the cookies in its answer. */
export function postAuth(
  url: string,
  procedure: string,
  input: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/trpc/auth.${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, ...headers },
    body: JSON.stringify(input),
  });
}

/** The session that an answer's cookies began, with the headers that its requests carry. */
export async function sessionOf(url: string, response: Response) {
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const session = await clientFor(url, { cookie }).auth.getSession.query();
  if (!session?.csrfToken) throw new Error("The answer began no session.");
  return { session, headers: { cookie, origin: url, "x-csrf-token": session.csrfToken } };
}

function clientFor(url: string, headers: Record<string, string>): TrpcClient {
  const options = { url: `${url}/trpc` };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink(options),
        false: httpLink({ ...options, headers }),
      }),
    ],
  });
}
