import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { connectSmtp } from "../../apps/server/src/connectors/smtp/index.ts";
import { members, tenants, users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import { customRoles } from "../../apps/server/src/modules/identity/roles.tables.ts";
import { apiPermissions, type Role } from "../../apps/server/src/platform/ctx/index.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { openWidget } from "../harness/chat.ts";
import { startMailServer } from "../harness/mail-server.ts";
import { startOpenAiServer } from "../harness/openai-server.ts";
import { makeAdmin } from "../harness/plans.ts";
import { colleague } from "../harness/scenarios.ts";
import { password, startTestServer, type TestServer, type TestUser } from "../harness/server.ts";
import { startTwilioServer } from "../harness/twilio-server.ts";
import { startWebSite } from "../harness/web-site.ts";
import type { Ids } from "./furnish.ts";
import type { CallerClass } from "./registry/index.ts";

/** What a caller sends to be known: a browser's session, or a program's token where a route takes no cookie. */
export interface Credentials {
  session: Record<string, string>;
  bearer: Record<string, string>;
}

/** A caller of each class. */
export type Callers = Record<CallerClass, Credentials>;

/** What the server let out by other ways than answers, since the last `forget`. */
export interface Traces {
  log: string[];
  /** Requests to a model, as they were on the wire. */
  prompts: string[];
  mails: string[];
  /** Keys under which limits are counted, in Redis where there is one. */
  keys: string[];
}

/** The whole server with what is outside of it: a web site, a model, a mail server, a provider of texts. */
export async function startWorld(options: { db?: Db; worker?: boolean } = {}) {
  const site = await startWebSite();
  const model = await startOpenAiServer();
  const mail = await startMailServer();
  const twilio = await startTwilioServer();
  const log: string[] = [];
  const server = await startTestServer(
    {
      OUTBOUND_ALLOWED_HOSTS: `${site.host},${twilio.host}`,
      OPENAI_BASE_URL: model.baseUrl,
      TWILIO_URL: twilio.url,
    },
    { ...options, log: (line) => log.push(line) },
  );
  const keys = recordKeys(server);
  return {
    server,
    site,
    traces: (): Traces => ({
      log,
      prompts: model.requests.map(({ body }) => JSON.stringify(body)),
      mails: mail.mails.map((received) => JSON.stringify(received)),
      keys: [...keys],
    }),
    /** From now on mails go out. Before, people sign up without one that proves their address. */
    sendMails() {
      const mailer = connectSmtp({ url: mail.url, from: "Parlance <parlance@example.test>" });
      server.services.ports = { ...server.services.ports, mailer };
    },
    forget() {
      log.length = 0;
      model.requests.length = 0;
      mail.mails.length = 0;
      keys.clear();
    },
    async close() {
      await server.close();
      await site.close();
      await model.close();
      await mail.close();
      await twilio.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** Where a word stands in what the server let out. */
export function findIn(traces: Traces, word: string): string[] {
  return Object.entries(traces).flatMap(([kind, texts]: [string, string[]]) =>
    texts.filter((text) => text.toLowerCase().includes(word)).map((text) => `${kind}: ${text.slice(0, 500)}`),
  );
}

/** The limits stay on, a thousand times as wide: thousands of calls come from one address and a few people. */
function recordKeys({ services }: TestServer): Set<string> {
  const keys = new Set<string>();
  const { rateLimiter } = services;
  services.rateLimiter = {
    ...rateLimiter,
    hit(key, rule) {
      keys.add(key);
      return rateLimiter.hit(key, { ...rule, limit: rule.limit * 1_000 });
    },
  };
  return keys;
}

/** Someone of each class in the tenant of `owner`, whose bot has a widget. */
export async function callersOf(server: TestServer, owner: TestUser, ids: Ids): Promise<Callers> {
  const system = server.services.db.system();
  const person = async (role: Role): Promise<TestUser & { credentials: Credentials }> => {
    const made = await colleague(server, owner, role);
    await system
      .delete(members)
      .where(and(eq(members.userId, made.userId), ne(members.organizationId, owner.tenantId)));
    return { ...made, credentials: await credentialsOf(server, made) };
  };
  const [admin, contentEditor, agent, member] = [
    await person("admin"),
    await person("contentEditor"),
    await person("agent"),
    await person("member"),
  ];
  const suspended = await person("owner");
  await system.update(users).set({ status: "SUSPENDED" }).where(eq(users.id, suspended.userId));
  const waiting = await person("owner");
  await system.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, waiting.userId));
  const powerless = await person("member");
  const role = newId();
  await system
    .insert(customRoles)
    .values({ tenantId: owner.tenantId, id: role, name: "Powerless", rights: [] });
  await system.update(members).set({ role }).where(eq(members.userId, powerless.userId));
  const platformAdmin = await person("member");
  await makeAdmin(server, platformAdmin);
  const stranger = await server.signUp("Locked");
  const locked = await credentialsOf(server, stranger);
  await system.update(tenants).set({ status: "suspended" }).where(eq(tenants.id, stranger.tenantId));

  const visitor = await openWidget(server, ids.get("widget") ?? "");
  const key = await owner.trpc.apiKeys.create.mutate({ name: "All", permissions: [...apiPermissions] });
  const { id: botId } = await owner.trpc.bot.create.mutate({ name: "Other" });
  const otherKey = await owner.trpc.apiKeys.create.mutate({
    name: "Other",
    permissions: ["chat", "evaluate"],
    botId,
  });
  return {
    owner: await credentialsOf(server, owner),
    admin: admin.credentials,
    contentEditor: contentEditor.credentials,
    agent: agent.credentials,
    member: member.credentials,
    powerless: powerless.credentials,
    waiting: waiting.credentials,
    locked,
    platformAdmin: platformAdmin.credentials,
    visitor: everywhere(visitor.headers),
    apiKey: everywhere({ authorization: `Bearer ${key.secret}` }),
    otherKey: everywhere({ authorization: `Bearer ${otherKey.secret}` }),
    suspended: suspended.credentials,
    forged: everywhere({ cookie: "parlance.session_token=forged", authorization: "Bearer forged" }),
    anonymous: everywhere({}),
  };
}

const everywhere = (headers: Record<string, string>): Credentials => ({ session: headers, bearer: headers });

const loginSchema = z.object({ data: z.object({ accessToken: z.string() }) });

/** Their session, and an access token as a program of theirs gets one. */
async function credentialsOf(server: TestServer, { email, headers }: TestUser): Promise<Credentials> {
  const response = await fetch(`${server.url}/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { data } = loginSchema.parse(await response.json());
  return { session: headers, bearer: { authorization: `Bearer ${data.accessToken}` } };
}
