import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listProcedures } from "../../../apps/server/src/app/procedures.ts";
import { httpRoutes } from "../../../apps/server/src/app/routes.ts";
import { connectSmtp } from "../../../apps/server/src/connectors/smtp/index.ts";
import { auditLog, users } from "../../../apps/server/src/modules/identity/identity.tables.ts";
import { securityEventKinds } from "../../../apps/server/src/modules/identity/index.ts";
import { apiPermissions } from "../../../apps/server/src/platform/ctx/index.ts";
import { linkIn, startMailServer } from "../../harness/mail-server.ts";
import { startOpenAiServer } from "../../harness/openai-server.ts";
import { password, startTestServer } from "../../harness/server.ts";
import { startWebSite } from "../../harness/web-site.ts";
import { furnish } from "../../isolation/furnish.ts";
import { bearerOf, type Call, type World } from "./deed.ts";
import { assist } from "./deeds/assist.ts";
import { automation } from "./deeds/automation.ts";
import { content } from "./deeds/content.ts";
import { customerDeeds } from "./deeds/customers.ts";
import { helpdeskDeeds } from "./deeds/helpdesk.ts";
import { people } from "./deeds/people.ts";
import { resolutionDeeds } from "./deeds/resolutions.ts";
import { routing } from "./deeds/routing.ts";
import { slas } from "./deeds/slas.ts";
import { surveyDeeds } from "./deeds/surveys.ts";
import { work } from "./deeds/work.ts";
import { workspace } from "./deeds/workspace.ts";
import { nothingChanges, nothingToAudit, provenElsewhere, seenElsewhere } from "./exceptions.ts";

/*
 * Every change writes who made it and what changed. The list of changes is read from the router and the routes, so
 * that a new one needs a deed here, or a reason why there is nothing to write.
 */

const deeds = {
  ...assist,
  ...content,
  ...work,
  ...resolutionDeeds,
  ...slas,
  ...surveyDeeds,
  ...routing,
  ...workspace,
  ...people,
  ...customerDeeds,
  ...helpdeskDeeds,
  ...automation,
};
const changes = [
  ...listProcedures().flatMap(({ name, type }) => (type === "mutation" ? [name] : [])),
  ...httpRoutes.flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`])),
];

/** The server with a web site, a model and a mail server beside it. */
async function startOutside() {
  const site = await startWebSite();
  const model = await startOpenAiServer();
  const mail = await startMailServer();
  const server = await startTestServer({
    OUTBOUND_ALLOWED_HOSTS: site.host,
    OPENAI_BASE_URL: model.baseUrl,
    RATE_LIMIT_SCALE: "10000",
  });
  return { site, model, mail, server };
}

let outside: Awaited<ReturnType<typeof startOutside>>;
let world: World;
beforeAll(async () => {
  outside = await startOutside();
  const { server, site, model, mail } = outside;
  const owner = await server.signUp("Ada");
  const system = server.services.db.system();
  await system.update(users).set({ platformRole: "ADMIN" }).where(eq(users.id, owner.userId));
  const ids = await furnish({ server, site, owner, word: "teapot" });
  const key = await owner.trpc.apiKeys.create.mutate({ name: "All", permissions: [...apiPermissions] });
  const { userId } = owner;
  secrets.push(key.secret);
  world = {
    server,
    site,
    owner,
    modelUrl: model.baseUrl,
    async mailed(work) {
      const { ports } = server.services;
      server.services.ports = {
        ...ports,
        mailer: connectSmtp({ url: mail.url, from: "P <p@example.test>" }),
      };
      const { email } = await work();
      const { hash } = linkIn(await mail.waitFor(email));
      server.services.ports = ports;
      const token = new URLSearchParams(hash.slice(1)).get("token") ?? "";
      secrets.push(token);
      return token;
    },
    nobody: { headers: { origin: server.url }, actorId: null },
    id: (kind) => ids.get(kind) ?? "",
    bearer: { headers: await bearerOf(server.url, owner.email), actorId: userId },
    program: { headers: { authorization: `Bearer ${key.secret}` }, actorId: key.id },
    async stranger() {
      const person = await server.signUp("Sam");
      return { ...person, actorId: person.userId };
    },
  };
}, 120_000);
afterAll(async () => {
  await outside.server.close();
  await outside.site.close();
  await outside.model.close();
  await outside.mail.close();
});

const secrets = [password];

/** What stands in a JSON text under a name that promises a secret, and the tokens of links. */
function secretsIn(text: string): string[] {
  const named = /"(?:\w*(?:secret|password|apiKey)|access_?token|refresh_?token|token)":"([^"]{8,})"/gi;
  const ofLinks = /[?#&]token=([\w.-]{8,})/g;
  const codes = /"backupCodes":\[([^\]]+)\]/.exec(text)?.[1]?.match(/[^",]+/g) ?? [];
  return [...[...text.matchAll(named), ...text.matchAll(ofLinks)].map((match) => match[1] ?? ""), ...codes];
}

/** Calls by name, and gives the entries that this very request wrote. */
async function entriesOf(name: string, { input, params = {}, as }: Call) {
  const { server, owner } = world;
  const [method = "", path] = name.includes(" ") ? name.split(" ") : ["POST", `/trpc/${name}`];
  const address = (path ?? "").replaceAll(/\{(\w+)\}/g, (_, field: string) => params[field] ?? "");
  const response = await fetch(`${server.url}${address}`, {
    method,
    headers: { ...(as?.headers ?? owner.headers), "content-type": "application/json" },
    body: JSON.stringify(input ?? {}),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${name} was refused, so that it shows nothing: ${answer.slice(0, 500)}`);
  secrets.push(...secretsIn(answer), ...secretsIn(JSON.stringify(input ?? {})));
  const requestId = response.headers.get("x-request-id") ?? "";
  return server.services.db.system().select().from(auditLog).where(eq(auditLog.requestId, requestId));
}

test("every change has a deed, an excuse, or a test elsewhere; and none has more", () => {
  const known = [deeds, nothingToAudit, provenElsewhere].flatMap((table) => Object.keys(table));
  expect(changes.filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => !changes.includes(name))).toEqual([]);
  expect(known.filter((name, at) => known.indexOf(name) !== at)).toEqual([]);
});

describe("the log says who did it and what changed", () => {
  test.each(Object.keys(deeds).filter((name) => changes.includes(name)))("%s", async (name) => {
    const call = (await deeds[name]?.(world)) ?? {};
    const entries = await entriesOf(name, call);
    expect(entries.length).toBeGreaterThan(0);
    const actorId = call.as ? call.as.actorId : world.owner.userId;
    if (actorId) expect(entries.map((entry) => entry.actorId)).toEqual(entries.map(() => actorId));
    for (const { subjectId, subjectType, ipAddress, userAgent } of entries) {
      expect({ subjectId, subjectType }).toEqual({
        subjectId: expect.stringMatching(/./),
        subjectType: expect.stringMatching(/./),
      });
      expect({ ipAddress, userAgent }).toEqual({
        ipAddress: "127.0.0.1",
        userAgent: expect.stringMatching(/./),
      });
    }
    if (nothingChanges[name]) return;
    const told = entries.some(({ before, after }) => isFilled(before) || isFilled(after));
    expect(told, `${entries[0]?.action} says nothing of before and after`).toBe(true);
  });
});

const isFilled = (fields: unknown) =>
  typeof fields === "object" && fields !== null && Object.keys(fields).length > 0;

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.each(Object.entries(provenElsewhere))("%s is proven elsewhere", (_name, [file, action]) => {
  expect(readFileSync(join(root, file), "utf8")).toContain(action);
});

test("the check sees a change that writes nothing", async () => {
  const entries = await entriesOf("chat.sendMessage", { input: { botId: world.id("bot"), text: "Hello" } });
  expect(entries).toEqual([]);
});

test("the log is whole after all of that", async () => {
  const { auditLog: log } = await world.owner.trpc.audit.verify.query();
  expect(log).toMatchObject({ intact: true, fault: null });
});

test("every kind of security event is recorded by these deeds, or seen by a test elsewhere", async () => {
  const { rows } = await world.server.services.db
    .system()
    .execute<{ kind: string }>(sql`select distinct kind from security_events`);
  const seen = rows.map(({ kind }) => kind);
  for (const [kind, file] of Object.entries(seenElsewhere)) {
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${kind}"`);
  }
  expect(securityEventKinds.filter((kind) => !seen.includes(kind) && !seenElsewhere[kind])).toEqual([]);
});

test("no secret that was typed, made or mailed meanwhile stands in a log", async () => {
  const { db } = world.server.services;
  const { rows } = await db.system().execute<{ row: string }>(sql`
    select a::text as row from audit_log a union all select e::text from security_events e`);
  expect(rows.length).toBeGreaterThan(100);
  const leaks = (row: string) => [...new Set(secrets)].filter((secret) => row.includes(secret));
  expect(rows.flatMap(({ row }) => leaks(row).map((secret) => `${secret} in ${row}`))).toEqual([]);
  expect(new Set(secrets).size).toBeGreaterThan(20);
  expect(leaks(`{"key": "${world.program.headers.authorization?.slice("Bearer ".length)}"}`)).toHaveLength(1);
});
