import { eq } from "drizzle-orm";
import { users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import { apiPermissions, type Role, roles } from "../../apps/server/src/platform/ctx/index.ts";
import { openWidget } from "../harness/chat.ts";
import { colleague } from "../harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";
import { startWebSite, type WebSite } from "../harness/web-site.ts";
import type { Ids } from "./furnish.ts";
import type { CallerClass } from "./registry/index.ts";

/** A caller of each class, by the headers that they send. */
export type Callers = Record<CallerClass, Record<string, string>>;

/** The whole server, with a web site outside. */
export async function startWorld(options: { log?: (line: string) => void } = {}) {
  const site = await startWebSite();
  const server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host }, options);
  return {
    server,
    site,
    async close() {
      await server.close();
      await site.close();
    },
  };
}

export type World = { server: TestServer; site: WebSite };

/** Someone of each class in the tenant of `owner`, whose bot has a widget. */
export async function callersOf(server: TestServer, owner: TestUser, ids: Ids): Promise<Callers> {
  const people: Partial<Record<Role, Record<string, string>>> = {};
  for (const role of roles) {
    people[role] = role === "owner" ? owner.headers : (await colleague(server, owner, role)).headers;
  }
  const { owner: first, admin, contentEditor, agent, member } = people;
  if (!first || !admin || !contentEditor || !agent || !member) throw new Error("A role is missing.");
  const suspended = await colleague(server, owner, "owner");
  const system = server.services.db.system();
  await system.update(users).set({ status: "SUSPENDED" }).where(eq(users.id, suspended.userId));
  const visitor = await openWidget(server, ids.get("widget") ?? "");
  const key = await owner.trpc.apiKeys.create.mutate({ name: "All", permissions: [...apiPermissions] });
  return {
    owner: first,
    admin,
    contentEditor,
    agent,
    member,
    visitor: visitor.headers,
    apiKey: { authorization: `Bearer ${key.secret}` },
    suspended: suspended.headers,
    anonymous: {},
  };
}
