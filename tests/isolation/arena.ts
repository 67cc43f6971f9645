import { sql } from "drizzle-orm";
import { colleague } from "../harness/scenarios.ts";
import type { TestUser } from "../harness/server.ts";
import { furnish, furnishAndRemove } from "./furnish.ts";
import { type CallerClass, makers } from "./registry/index.ts";
import { changed, rowsOf, tablesWith } from "./rows.ts";
import type { Tenants } from "./targets.ts";
import { createWire, type Wire } from "./wire.ts";
import { type Callers, type Credentials, callersOf, findIn, startWorld, type World } from "./world.ts";

export interface Arena {
  world: World;
  /** Whose things are asked for, with the word that stands in all her texts. */
  ada: TestUser;
  word: string;
  /** In whose tenant the callers are. */
  eve: TestUser;
  tenants: Tenants;
  callers: Callers;
  /** An administrator of Ada's, who stands for a stranger whom nothing stops. */
  insider: Credentials;
  wire: Wire;
  /** Tables in which a row of Ada's is another than at first. */
  changes(): Promise<string[]>;
  /** Where something of Ada's stands that left the server by another way than an answer, or came to Eve. */
  traces(): Promise<string[]>;
  /** Puts an operation back that made what its id names: the next caller is to find nothing. */
  unmake(operation: string): Promise<void>;
  close(): Promise<void>;
}

/** Two tenants in which there is one of everything, and a caller of each class in the second. */
export async function openArena(): Promise<Arena> {
  const world = await startWorld();
  const { server } = world;
  const { db } = server.services;
  const word = "quibbada";
  const ada = await server.signUp("Ada");
  const eve = await server.signUp("Eve");
  const foreign = await furnish({ ...world, owner: ada, word });
  const deleted = await furnishAndRemove({ ...world, owner: eve, word: "quibbeve" });
  const own = await furnish({ ...world, owner: eve, word: "quibbeve" });
  const callers = await callersOf(server, eve, own);
  const wire = createWire(server.url);
  const { headers } = await colleague(server, ada, "admin");
  world.sendMails();
  world.forget();
  const before = await rowsOf(db, ada.tenantId, [ada.userId]);
  return {
    world,
    ada,
    word,
    eve,
    tenants: { own, foreign, deleted },
    callers,
    insider: { session: headers, bearer: headers },
    wire,
    changes: async () => changed(before, await rowsOf(db, ada.tenantId, [ada.userId])),
    async traces() {
      const mixed = await tablesWith(db, eve.tenantId, word);
      return [...findIn(world.traces(), word), ...mixed.map((table) => `rows of ${table}`)];
    },
    async unmake(operation) {
      const table = makers.get(operation);
      if (!table) return;
      const ids = sql.join(
        [...foreign.values()].map((id) => sql`${id}`),
        sql`, `,
      );
      await db
        .system()
        .execute(
          sql`delete from ${sql.identifier(table)} where tenant_id = ${eve.tenantId} and id::text in (${ids})`,
        );
    },
    async close() {
      wire.close();
      await world.close();
    },
  };
}

export const classesOf = (callers: Callers): [CallerClass, Credentials][] =>
  Object.entries(callers) as [CallerClass, Credentials][]; // the keys are those of the record's type
