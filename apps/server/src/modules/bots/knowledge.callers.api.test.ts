import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  botWith,
  colleague,
  play,
  processed,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let ids: Ids;
let spare: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  ids = await furnish(ada);
  spare = (await furnish(ada)).document;
});
afterAll(() => server.close());

interface Ids {
  bot: string;
  base: string;
  document: string;
}

async function furnish(user: TestUser): Promise<Ids> {
  const bot = await botWith(user, { "Tea.md": "# Tea\n\nTea is served at four." });
  const [document] = (await user.trpc.knowledge.list.query({ botId: bot.id })).items;
  return { bot: bot.id, base: document?.knowledgeBaseId ?? "", document: document?.id ?? "" };
}

type Call = Scenario["call"];
const everyone = ["owner", "admin", "agent", "member"];
const managers = ["owner", "admin"];

/** What each asks of its caller; `absent` calls it with ids of nobody's and of another tenant's. */
const procedures: { name: string; may: string[]; call: (of: Ids) => Call }[] = [
  { name: "list of a bot", may: everyone, call: (of) => (t) => t.knowledge.list.query({ botId: of.bot }) },
  {
    name: "list of a knowledge base",
    may: everyone,
    call: (of) => (t) => t.knowledge.list.query({ knowledgeBaseId: of.base }),
  },
  { name: "get", may: everyone, call: (of) => (t) => t.knowledge.get.query({ id: of.document }) },
  {
    name: "chunks",
    may: everyone,
    call: (of) => (t) => t.knowledge.chunks.query({ documentId: of.document }),
  },
  {
    name: "search in a bot",
    may: everyone,
    call: (of) => (t) => t.knowledge.search.query({ botId: of.bot, query: "When is tea served?" }),
  },
  {
    name: "search in a knowledge base",
    may: everyone,
    call: (of) => (t) => t.knowledge.search.query({ knowledgeBaseId: of.base, query: "tea" }),
  },
  { name: "freshness", may: everyone, call: (of) => (t) => t.knowledge.freshness.query({ botId: of.bot }) },
  {
    name: "setStaleAfter",
    may: managers,
    call: (of) => (t) => t.knowledge.setStaleAfter.mutate({ botId: of.bot, staleAfterDays: 90 }),
  },
  {
    name: "upload",
    may: managers,
    call: (of) => (t) => t.knowledge.upload.mutate({ botId: of.bot, name: "A", content: "B" }),
  },
  { name: "affirm", may: managers, call: (of) => (t) => t.knowledge.affirm.mutate({ id: of.document }) },
];

describe.each(procedures)("knowledge.$name", ({ may, call }) => {
  test.each(["guest", ...everyone])("by %s", async (who) => {
    const trpc = people.get(who);
    if (!trpc) throw new Error(`Nobody is ${who}.`);
    const refused = who === "guest" ? "UNAUTHORIZED" : may.includes(who) ? undefined : "FORBIDDEN";
    await play({ as: () => trpc, call: call(ids), ...(refused ? { refused } : {}) });
  });

  test("of a thing that is absent, or another tenant's", async () => {
    const absent = { bot: newId(), base: newId(), document: newId() };
    await play({ as: () => ada.trpc, call: call(absent), refused: "NOT_FOUND" });
    await play({ as: () => eve.trpc, call: call(ids), refused: "NOT_FOUND" });
  });
});

const search =
  (input: object): Call =>
  (t) =>
    t.knowledge.search.query({ query: "tea", botId: ids.bot, ...input });
const list =
  (input: object): Call =>
  (t) =>
    t.knowledge.list.query({ botId: ids.bot, ...input });
const upload =
  (input: object): Call =>
  (t) =>
    t.knowledge.upload.mutate({ botId: ids.bot, name: "A", ...input });
const stale =
  (staleAfterDays: number): Call =>
  (t) =>
    t.knowledge.setStaleAfter.mutate({ botId: ids.bot, staleAfterDays });
const refused = "VALIDATION_ERROR";

/** Each bound, at it and beyond it. */
const bounds: { title: string; call: () => Call; refused?: string }[] = [
  { title: "a query of no characters", call: () => search({ query: " " }), refused },
  { title: "a query of 8,000 characters", call: () => search({ query: "tea ".repeat(2_000) }) },
  { title: "a query of 8,001 characters", call: () => search({ query: `${"t".repeat(8_001)}` }), refused },
  { title: "a limit of 0", call: () => search({ limit: 0 }), refused },
  { title: "a limit of 1", call: () => search({ limit: 1 }) },
  { title: "a limit of 40", call: () => search({ limit: 40 }) },
  { title: "a limit of 41", call: () => search({ limit: 41 }), refused },
  { title: "an unknown language", call: () => search({ language: "xx" }), refused },
  { title: "no place to search", call: () => search({ botId: undefined }) },
  { title: "a page of 0", call: () => list({ page: 0 }), refused },
  { title: "a page far behind the last", call: () => list({ page: 100_000 }) },
  { title: "a page size of 100", call: () => list({ pageSize: 100 }) },
  { title: "a page size of 101", call: () => list({ pageSize: 101 }), refused },
  { title: "a search of 101 characters", call: () => list({ search: "a".repeat(101) }), refused },
  { title: "a search for wildcards", call: () => list({ search: "%_\\" }) },
  { title: "stale after 0 days", call: () => stale(0), refused },
  { title: "stale after 1 day", call: () => stale(1) },
  { title: "stale after 3,650 days", call: () => stale(3_650) },
  { title: "stale after 3,651 days", call: () => stale(3_651), refused },
  { title: "stale after half a day", call: () => stale(1.5), refused },
  { title: "an upload of nothing", call: () => upload({}), refused },
  { title: "an upload of an empty text", call: () => upload({ content: "" }), refused },
  {
    title: "text and file at once",
    call: () => upload({ content: "B", file: { type: "", size: 1 } }),
    refused,
  },
  { title: "an upload without a name", call: () => upload({ name: undefined, content: "B" }), refused },
  { title: "an upload to nowhere", call: () => upload({ botId: undefined, content: "B" }), refused },
  { title: "a name of 255 characters", call: () => upload({ name: "n".repeat(255), content: "B" }) },
  { title: "a name of 256 characters", call: () => upload({ name: "n".repeat(256), content: "B" }), refused },
  { title: "malformed JSON", call: () => upload({ content: "{", format: "json" }), refused },
  { title: "JSON", call: () => upload({ content: '{"a": 1}', format: "json" }) },
  { title: "a file of 50 MB", call: () => upload({ name: "a.txt", file: { type: "", size: 52_428_800 } }) },
  {
    title: "a file beyond 50 MB",
    call: () => upload({ name: "a.txt", file: { type: "", size: 52_428_801 } }),
    refused: "PAYLOAD_TOO_LARGE",
  },
  {
    title: "a file of an unknown type",
    call: () => upload({ name: "a.exe", file: { type: "", size: 1 } }),
    refused: "FILE_TYPE_NOT_SUPPORTED",
  },
  {
    title: "a file in place of a document",
    call: () => upload({ botId: undefined, documentId: spare, file: { type: "", size: 1 } }),
    refused,
  },
];

test.each(bounds)("$title", async ({ call, refused }) => {
  await play({ as: () => ada.trpc, call: call(), ...(refused ? { refused } : {}) });
});

test("a document is not found by another bot's name", async () => {
  const other = await ada.trpc.bot.create.mutate({ name: "Other" });
  const replacing = upload({ botId: other.id, documentId: ids.document, content: "New" });
  await play({ as: () => ada.trpc, call: replacing, refused: "NOT_FOUND" });
  const elsewhere: Call = (t) => t.knowledge.list.query({ botId: other.id, knowledgeBaseId: ids.base });
  await play({ as: () => ada.trpc, call: elsewhere, refused: "NOT_FOUND" });
});

test("a document goes once, and by its managers only", async () => {
  const { document } = await furnish(ada);
  const remove: Call = (t) => t.knowledge.delete.mutate({ id: document });
  for (const who of ["agent", "member"]) {
    await play({ as: () => people.get(who) ?? server.guest, call: remove, refused: "FORBIDDEN" });
  }
  await play({ as: () => eve.trpc, call: remove, refused: "NOT_FOUND" });
  await play({ as: () => ada.trpc, call: remove });
  await play({ as: () => ada.trpc, call: remove, refused: "NOT_FOUND" });
});

test("a file is announced, sent and confirmed", async () => {
  const bytes = new TextEncoder().encode("Coffee is served at ten.");
  const { upload: ticket, document } = await ada.trpc.knowledge.upload.mutate({
    botId: ids.bot,
    name: "Coffee.txt",
    file: { type: "text/plain", size: bytes.byteLength },
  });
  expect(document).toBeNull();
  const documentId = ticket?.documentId ?? "";
  const early = ada.trpc.knowledge.upload.mutate({ documentId });
  expect(await refusalText(early)).toContain("0 of 24 bytes");
  await fetch(ticket?.uploadUrl ?? "", { method: "PUT", headers: ticket?.headers ?? {}, body: bytes });
  const confirmed = await ada.trpc.knowledge.upload.mutate({ documentId });
  expect(confirmed).toMatchObject({ upload: null, document: { id: documentId, name: "Coffee.txt" } });
  await processed(ada, ids.bot, documentId);
  const { passages } = await ada.trpc.knowledge.search.query({ botId: ids.bot, query: "coffee" });
  expect(passages[0]).toMatchObject({ documentId, text: "Coffee is served at ten." });
});
