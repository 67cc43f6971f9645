import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { documents } from "../knowledge/knowledge.tables.ts";
import { botStatuses } from "./bots.schema.ts";
import { bots } from "./bots.tables.ts";

/*
 * The order of bot.list and its filter. The documents are written as rows, so that a bot can be held in each state.
 */

type Status = "PENDING" | "PROCESSING" | "PROCESSED" | "FAILED";
/** Every bot: its name, and its documents' statuses. Made in this order. */
const world: [name: string, ...documents: Status[]][] = [
  ["beta"],
  ["Alpha", "PROCESSED"],
  ["alpha", "PROCESSED", "FAILED"],
  ["Gamma", "FAILED", "FAILED"],
  ["delta", "PROCESSING"],
  ["Zeta", "PENDING", "FAILED"],
  ["Eta", "PROCESSED", "PROCESSING"],
  ["éclair", "PROCESSED", "PENDING", "FAILED"],
];
const expected = {
  CREATING: ["beta"],
  READY: ["Alpha", "alpha"],
  ERROR: ["Gamma"],
  PROCESSING_DOCUMENTS: ["delta", "Zeta"],
  UPDATING: ["Eta", "éclair"],
};

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  for (const [name, ...statuses] of world) await make(ada, name, statuses);
  await make(eve, "foreign", ["PROCESSED"]);
});
afterAll(() => server.close());

async function make(user: TestUser, name: string, statuses: Status[]) {
  const bot = await user.trpc.bot.create.mutate({ name });
  const { tenantId } = user;
  await server.services.db.withTenant(tenantId, async (tx) => {
    const [row] = await tx.select().from(bots).where(eq(bots.id, bot.id));
    if (!row) throw new Error("The bot was not made.");
    for (const status of statuses) {
      await tx.insert(documents).values({
        tenantId,
        id: newId(),
        knowledgeBaseId: row.knowledgeBaseId,
        name: "A",
        sourceType: "MANUAL_TEXT",
        status,
        stage: "reading",
      });
    }
    // announced, and never confirmed: counts for nothing
    await tx.insert(documents).values({
      tenantId,
      id: newId(),
      knowledgeBaseId: row.knowledgeBaseId,
      name: "B",
      sourceType: "FILE_UPLOAD",
      status: "PENDING",
    });
  });
}

const list = (input: Parameters<TestUser["trpc"]["bot"]["list"]["query"]>[0]) =>
  ada.trpc.bot.list.query({ pageSize: 100, ...input });
const names = async (input: Parameters<typeof list>[0]) => (await list(input)).items.map(({ name }) => name);

describe("the filter by status", () => {
  test.each(botStatuses)("%s gives those that say so, and all of them", async (status) => {
    const found = await list({ status });
    expect(found.items.map(({ name }) => name).toSorted()).toEqual(expected[status].toSorted());
    expect(found.items.map((bot) => bot.status)).toEqual(expected[status].map(() => status));
    expect(found.meta.totalItems).toBe(expected[status].length);
  });

  test("parts the bots: each is in one state", async () => {
    expect(Object.values(expected).flat().toSorted()).toEqual((await names({})).toSorted());
  });

  test("fills the pages, and goes with the search", async () => {
    const pages = [1, 2, 3].map((page) => list({ status: "READY", page, pageSize: 1, sort: "name" }));
    const found = await Promise.all(pages);
    expect(found.map(({ items }) => items.map(({ name }) => name))).toEqual([["Alpha"], ["alpha"], []]);
    expect(found.map(({ meta }) => meta.totalPages)).toEqual([2, 2, 2]);
    expect(await names({ status: "UPDATING", search: "eta" })).toEqual(["Eta"]);
  });
});

describe("the order", () => {
  const made = world.map(([name]) => name);

  test("is by the time of making, the latest first, unless it is asked for otherwise", async () => {
    expect(await names({})).toEqual(made.toReversed());
    expect(await names({ sort: "createdAt" })).toEqual(made.toReversed());
    expect(await names({ sort: "createdAt", direction: "asc" })).toEqual(made);
  });

  test("by name is without regard to case", async () => {
    const ascending = await names({ sort: "name" });
    expect(ascending.slice(0, 3)).toEqual(["Alpha", "alpha", "beta"]);
    expect(ascending.filter((name) => !name.startsWith("é"))).toEqual([
      ...["Alpha", "alpha", "beta", "delta", "Eta", "Gamma", "Zeta"],
    ]);
    expect(await names({ sort: "name", direction: "desc" })).toEqual(ascending.toReversed());
  });

  test("by the time of change puts a changed bot first", async () => {
    const [gamma] = (await list({ search: "Gamma" })).items;
    await ada.trpc.bot.update.mutate({ id: gamma?.id ?? "", description: "Changed" });
    expect((await names({ sort: "updatedAt" }))[0]).toBe("Gamma");
    expect((await names({ sort: "updatedAt", direction: "asc" })).at(-1)).toBe("Gamma");
  });

  test("is the same over pages as in one", async () => {
    for (const sort of ["name", "createdAt", "updatedAt"] as const) {
      const pages = await Promise.all([1, 2, 3].map((page) => list({ sort, page, pageSize: 3 })));
      expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(
        (await list({ sort })).items.map(({ id }) => id),
      );
    }
  });
});

test.each([
  { input: { sort: "size" } },
  { input: { direction: "down" } },
  { input: { status: "ready" } },
  { input: { sort: "name; drop table bots" } },
])("$input is refused", ({ input }) =>
  play({
    as: () => ada.trpc,
    // @ts-expect-error: what the schema has not
    call: (t) => t.bot.list.query(input),
    refused: "VALIDATION_ERROR",
  }),
);
