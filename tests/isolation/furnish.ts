import type { TestServer, TestUser } from "../harness/server.ts";
import type { WebSite } from "../harness/web-site.ts";
import { capabilities, type Furnishing } from "./registry/index.ts";

export type Ids = ReadonlyMap<string, string>;

interface Where {
  server: TestServer;
  site: WebSite;
  owner: TestUser;
  word: string;
}

/** Makes one of everything in a tenant, through the product itself. */
export async function furnish(where: Where): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const capability of capabilities) {
    for (const [kind, id] of Object.entries((await capability.furnish?.(furnishing(where, ids))) ?? {}))
      ids.set(kind, id);
  }
  return ids;
}

/** Makes one of everything and deletes it: what is left is the ids. */
export async function furnishAndRemove(where: Where): Promise<Ids> {
  const ids = await furnish(where);
  for (const capability of capabilities.toReversed()) await capability.remove?.(furnishing(where, ids));
  return ids;
}

function furnishing(where: Where, ids: Ids): Furnishing {
  return {
    ...where,
    id(kind) {
      const id = ids.get(kind);
      if (!id) throw new Error(`No capability before this one makes a ${kind}.`);
      return id;
    },
  };
}
