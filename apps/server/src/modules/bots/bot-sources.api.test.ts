import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  botWith,
  colleague,
  play,
  processed,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  startTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { sitePage, startWebSite, type WebSite } from "../../../../../tests/harness/web-site.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let site: WebSite;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let sourceId: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  site = await startWebSite({ "/": sitePage("Home") });
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc).set("stranger", eve.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." })).id;
  sourceId = await addSource();
});
afterAll(async () => {
  await server.close();
  await site.close();
});

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};
/** Of an address that is not there: its crawl is short, and each has another. */
const fresh = () => `${site.url}/${newId()}`;
const addSource = async () => (await ada.trpc.botSource.add.mutate({ botId, kind: "page", url: fresh() })).id;

type Call = Scenario["call"];
const csv = { name: "Prices", format: "csv" as const, content: "sku,price\nA,1\n" };

const procedures: { name: string; writes: boolean; call: (ids: { bot: string; source: string }) => Call }[] =
  [
    {
      name: "add",
      writes: true,
      call:
        ({ bot }) =>
        (t) =>
          t.botSource.add.mutate({ botId: bot, kind: "page", url: fresh() }),
    },
    {
      name: "listByBotId",
      writes: false,
      call:
        ({ bot }) =>
        (t) =>
          t.botSource.listByBotId.query({ botId: bot }),
    },
    {
      name: "update",
      writes: true,
      call:
        ({ bot, source }) =>
        (t) =>
          t.botSource.update.mutate({ botId: bot, sourceId: source, schedule: "daily" }),
    },
    {
      name: "refresh",
      writes: true,
      call:
        ({ bot, source }) =>
        (t) =>
          t.botSource.refresh.mutate({ botId: bot, sourceId: source }).catch(unlessBusy),
    },
    {
      name: "pages",
      writes: false,
      call:
        ({ bot, source }) =>
        (t) =>
          t.botSource.pages.query({ botId: bot, sourceId: source }),
    },
    {
      name: "delete",
      writes: true,
      call:
        ({ bot, source }) =>
        (t) =>
          t.botSource.delete.mutate({ botId: bot, sourceId: source }),
    },
    {
      name: "addStructuredData",
      writes: true,
      call:
        ({ bot }) =>
        (t) =>
          t.botDocument.addStructuredData.mutate({ botId: bot, ...csv }),
    },
  ];

/** A crawl may be under way: then the right was there, and that is all that is asked. */
async function unlessBusy(error: unknown): Promise<void> {
  if ((await refusal(Promise.reject(error))) !== "CONFLICT") throw error;
}

describe.each(procedures)("$name", ({ name, writes, call }) => {
  const needsSource = !["add", "listByBotId", "addStructuredData"].includes(name);
  test.each([
    ["guest", "UNAUTHORIZED"],
    ["stranger", "NOT_FOUND"],
    ["member", writes ? "FORBIDDEN" : undefined],
    ["agent", writes ? "FORBIDDEN" : undefined],
    ["admin", undefined],
    ["owner", undefined],
  ])("a %s: %s", async (who, refused) => {
    const source = name === "delete" && refused === undefined ? await addSource() : sourceId;
    await play({ as: as(who), call: call({ bot: botId, source }), ...(refused ? { refused } : {}) });
  });

  test("nothing that is absent, or another bot's", async () => {
    await play({ as: as("owner"), call: call({ bot: newId(), source: sourceId }), refused: "NOT_FOUND" });
    if (!needsSource) return;
    await play({ as: as("owner"), call: call({ bot: botId, source: newId() }), refused: "NOT_FOUND" });
    const other = await ada.trpc.bot.create.mutate({ name: "Other" });
    await play({ as: as("owner"), call: call({ bot: other.id, source: sourceId }), refused: "NOT_FOUND" });
    const own = await eve.trpc.bot.create.mutate({ name: "Own" });
    await play({ as: as("stranger"), call: call({ bot: own.id, source: sourceId }), refused: "NOT_FOUND" });
  });
});

describe("bounds", () => {
  const bad = "VALIDATION_ERROR";
  const path = (length: number) => `/${"a".repeat(length - 1)}`;
  test.each<[string, object, string?]>([
    ["no pages", { maxPages: 0 }, bad],
    ["one page", { maxPages: 1 }],
    ["2,000 pages", { maxPages: 2000 }],
    ["2,001 pages", { maxPages: 2001 }, bad],
    ["half a page", { maxPages: 1.5 }, bad],
    ["50 paths", { includePaths: Array.from({ length: 50 }, (_, n) => `/${n}`) }],
    ["51 paths", { includePaths: Array.from({ length: 51 }, (_, n) => `/${n}`) }, bad],
    ["a path of 500", { excludePaths: [path(500)] }],
    ["a path of 501", { excludePaths: [path(501)] }, bad],
    ["a path without a slash", { includePaths: ["docs"] }, bad],
    ["a path with a space", { includePaths: ["/a b"] }, bad],
    ["another schedule", { schedule: "yearly" }, bad],
    ["another kind", { kind: "feed" }, bad],
    ["no address", { url: " " }, bad],
    ["an address of 2,001", { url: `http://e.example/${"a".repeat(2000)}` }, bad],
    ["an address that repeats itself", { url: "/a/a/a/a" }, bad],
    ["a host that is not there", { url: "https://nothing.invalid/" }, "ADDRESS_NOT_ALLOWED"],
    ["a file", { url: "file:///etc/passwd" }, "ADDRESS_NOT_ALLOWED"],
  ])("%s", async (_title, change, refused) => {
    const wanted = { botId, kind: "site" as const, url: fresh(), ...change };
    const url = wanted.url.startsWith("/") ? site.url + wanted.url : wanted.url;
    const call: Call = (t) => t.botSource.add.mutate({ ...wanted, url });
    await play({ as: as("owner"), call, ...(refused ? { refused } : {}) });
  });

  test("the same address twice, and again by an update", async () => {
    const url = fresh();
    await ada.trpc.botSource.add.mutate({ botId, kind: "page", url });
    expect(await refusal(ada.trpc.botSource.add.mutate({ botId, kind: "page", url: `${url}#x` }))).toBe(
      "CONFLICT",
    );
    const other = await addSource();
    expect(await refusal(ada.trpc.botSource.update.mutate({ botId, sourceId: other, url }))).toBe("CONFLICT");
  });

  test("100 sources, and not one more", async () => {
    const full = await ada.trpc.bot.create.mutate({ name: "Full" });
    const add = () => ada.trpc.botSource.add.mutate({ botId: full.id, kind: "page", url: fresh() });
    for (let n = 0; n < 100; n++) await add();
    expect(await refusalText(add())).toContain("100");
  }, 60_000);

  test("pages by state, one page at a time", async () => {
    const all = await ada.trpc.botSource.pages.query({ botId, sourceId, page: 9_000_000, pageSize: 100 });
    expect(all).toMatchObject({ items: [], meta: { totalItems: 1 } });
    for (const input of [{ page: 0 }, { pageSize: 0 }, { pageSize: 101 }]) {
      expect(await refusal(ada.trpc.botSource.pages.query({ botId, sourceId, ...input }))).toBe(bad);
    }
  });
});

describe("data that is pasted", () => {
  const add = (format: "csv" | "json", content: string, name = "Data") =>
    ada.trpc.botDocument.addStructuredData.mutate({ botId, name, format, content });

  test.each([
    [
      "a table",
      "csv",
      "sku;price\nA;1,5\nB;2,5\n",
      "CSV_STRUCTURED",
      ["sku: A\nprice: 1,5", "sku: B\nprice: 2,5"],
    ],
    ["JSON", "json", '[{"sku":"A"},{"sku":"B"}]', "JSON_STRUCTURED", ["sku: A", "sku: B"]],
    ["JSON Lines", "json", '{"sku":"A"}\n\n{"sku":"B"}\n', "JSON_STRUCTURED", ["sku: A", "sku: B"]],
  ] as const)("%s becomes one passage a record", async (_title, format, content, sourceType, passages) => {
    const added = await add(format, content);
    expect(added).toMatchObject({ sourceType, fileName: "Data", status: "PENDING" });
    expect(await processed(ada, botId, added.id)).toMatchObject({
      status: "PROCESSED",
      chunkCount: passages.length,
    });
    const chunks = await ada.trpc.knowledge.chunks.query({ documentId: added.id });
    expect(chunks.items.map(({ text }) => text)).toEqual(passages);
  });

  test.each([
    ["a missing value", "json", '{\n"a": 1,\n"b": }', /line 3, column 6/],
    ["a cut list", "json", "[1, 2", /line 1, column 6/],
    ["a broken line of many", "json", '{"a":1}\n{"a":2}\n{"a"}', /line 3, column 5/],
    ["an open quotation mark", "csv", 'a,b\n1,"x', /column 2 of the row that begins on line 2/],
    ["no rows", "csv", "a,b\n", /no rows/],
    ["100,000 brackets", "json", "[".repeat(100_000), /200/],
    ["a web page", "json", "<html></html>", /line 1, column 1/],
    ["white space", "json", "  \n", /empty/],
  ] as const)("%s is refused with its place, and nothing is kept", async (_title, format, content, text) => {
    const before = await ada.trpc.botDocument.listByBotId.query({ botId });
    expect(await refusalText(add(format, content))).toMatch(text);
    expect(await refusal(add(format, content))).toBe("VALIDATION_ERROR");
    expect(await ada.trpc.botDocument.listByBotId.query({ botId })).toHaveLength(before.length);
  });

  test("names of 1 to 255 characters, content that is not empty", async () => {
    expect(await refusal(add("json", "1", ""))).toBe("VALIDATION_ERROR");
    expect(await refusal(add("json", "1", "a".repeat(256)))).toBe("VALIDATION_ERROR");
    expect(await refusal(add("json", ""))).toBe("VALIDATION_ERROR");
    expect(await add("json", "1", "a".repeat(255))).toMatchObject({ fileSize: 1 });
  });
});
