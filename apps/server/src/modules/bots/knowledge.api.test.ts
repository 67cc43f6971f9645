import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botWith, processed, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { auditLog } from "../identity/identity.tables.ts";
import { documents } from "../knowledge/knowledge.tables.ts";
import { mostBasesAtOnce } from "./service/knowledge-scope.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const texts = {
  "Refunds.md": "# Refunds\n\nA refund takes 14 days after we receive the parcel.",
  "Twin.md": "# Refunds\n\nA refund takes 14 days after we receive the parcel.",
  "Retours.md": "# Remboursements\n\nUn remboursement prend 14 jours après la réception du colis.",
  "Tea.md": "# Tea\n\nTea is served at four in the garden.",
};

describe("knowledge.search", () => {
  test("gives the score of every stage, and what it did not choose", async () => {
    const { id: botId } = await botWith(ada, texts);
    const found = await ada.trpc.knowledge.search.query({ botId, query: "refund days", limit: 1 });
    const [best] = found.passages;
    expect(found.passages).toHaveLength(1);
    expect(best?.text).toContain("14 days");
    expect(best?.fate).toBe("chosen");
    expect(best?.scores.bm25).toBeGreaterThan(0);
    expect(best?.scores.dense).toBeGreaterThan(0);
    expect(best?.scores.fused).toBeGreaterThan(0);
    expect(best?.scores.rerank).toBeGreaterThan(0);
    expect(best?.ranks).toMatchObject({ bm25: 1, fused: 1 });
    expect(found.others.map(({ fate }) => fate)).not.toContain("chosen");
    expect(found).toMatchObject({ liveChunks: 4, embeddingFailure: null });

    const both = await ada.trpc.knowledge.search.query({ botId, query: "refund days parcel" });
    for (const other of both.others.filter(({ fate }) => fate === "duplicate")) {
      expect(both.passages.map(({ chunkId }) => chunkId)).toContain(other.duplicateOf);
    }
  });

  test("keeps to a language", async () => {
    const { id: botId } = await botWith(ada, texts);
    const search = (language?: "fr" | "ar") =>
      ada.trpc.knowledge.search.query({
        botId,
        query: "remboursement 14 jours",
        ...(language ? { language } : {}),
      });
    const french = await search("fr");
    expect(french.passages.map(({ language }) => language)).toEqual(["fr"]);
    expect((await search("ar")).passages).toEqual([]);
  });

  test("without a place searches all that the tenant has, best first", async () => {
    const owner = await server.signUp("Owner");
    await botWith(owner, { "Tea.md": texts["Tea.md"] });
    await botWith(owner, { "Refunds.md": texts["Refunds.md"] });
    const found = await owner.trpc.knowledge.search.query({ query: "When is tea served in the garden?" });
    expect(found.liveChunks).toBe(2);
    expect(found.passages[0]?.text).toContain("four");
  });

  test("of too many bots at once says that one must be named", async () => {
    const owner = await server.signUp("Owner");
    for (let n = 0; n <= mostBasesAtOnce; n++) await owner.trpc.bot.create.mutate({ name: `Bot ${n}` });
    const text = await refusalText(owner.trpc.knowledge.search.query({ query: "tea" }));
    expect(text).toContain("more than 10 bots");
  });
});

describe("knowledge.list", () => {
  test("has pages, and narrows by name and state", async () => {
    const { id: botId } = await botWith(ada, texts);
    const first = await ada.trpc.knowledge.list.query({ botId, pageSize: 3 });
    const second = await ada.trpc.knowledge.list.query({ botId, pageSize: 3, page: 2 });
    expect(first.meta).toMatchObject({ totalItems: 4, totalPages: 2, itemCount: 3 });
    expect(first.links.next).toContain("/trpc/knowledge.list");
    const all = [...first.items, ...second.items].map(({ name }) => name);
    expect(all.toSorted()).toEqual(Object.keys(texts).toSorted());
    const named = await ada.trpc.knowledge.list.query({ botId, search: "reTOUR" });
    expect(named.items.map(({ name }) => name)).toEqual(["Retours.md"]);
    expect((await ada.trpc.knowledge.list.query({ botId, status: "FAILED" })).items).toEqual([]);
  });
});

describe("a document's age", () => {
  const year = 365 * 86_400_000;
  const age = (id: string) =>
    server.services.db.withTenant(ada.tenantId, (tx) =>
      tx
        .update(documents)
        .set({ refreshedAt: new Date(Date.now() - year) })
        .where(eq(documents.id, id)),
    );

  test("makes it stale after the owner's number of days, until somebody says that it still holds", async () => {
    const bot = await botWith(ada, texts);
    const { id: botId } = bot;
    const tea = bot.documents.find(({ fileName }) => fileName === "Tea.md")?.id ?? "";
    const stale = async () =>
      (await ada.trpc.knowledge.list.query({ botId, stale: true })).items.map(({ name }) => name);
    expect(await stale()).toEqual([]);
    await age(tea);
    expect(await stale()).toEqual(["Tea.md"]);
    expect((await ada.trpc.knowledge.list.query({ botId, stale: false })).items).toHaveLength(3);
    const [oldest] = (await ada.trpc.knowledge.list.query({ botId, sort: "oldest" })).items;
    expect(oldest).toMatchObject({ id: tea, isStale: true });
    expect(await ada.trpc.knowledge.freshness.query({ botId })).toMatchObject({
      staleAfterDays: 180,
      documents: 4,
      stale: 1,
      oldest: oldest?.refreshedAt,
    });

    const relaxed = await ada.trpc.knowledge.setStaleAfter.mutate({ botId, staleAfterDays: 400 });
    expect(relaxed).toMatchObject({ staleAfterDays: 400, stale: 0 });
    await ada.trpc.knowledge.setStaleAfter.mutate({ botId, staleAfterDays: 30 });
    expect(await stale()).toEqual(["Tea.md"]);
    await ada.trpc.knowledge.affirm.mutate({ id: tea });
    expect(await stale()).toEqual([]);
    const written = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select({ action: auditLog.action }).from(auditLog).where(eq(auditLog.subjectId, tea)),
    );
    expect(written.map(({ action }) => action)).toContain("document.affirmed");
  });

  test("is not renewed by reading the same bytes again, but by other words", async () => {
    const bot = await botWith(ada, { "Tea.md": texts["Tea.md"] });
    const id = bot.documents[0]?.id ?? "";
    await age(id);
    await ada.trpc.knowledge.reprocess.mutate({ id });
    expect(await processed(ada, bot.id, id)).toMatchObject({ status: "PROCESSED" });
    expect((await ada.trpc.knowledge.freshness.query({ botId: bot.id })).stale).toBe(1);
    await ada.trpc.knowledge.upload.mutate({ documentId: id, content: "Tea is served at five." });
    await processed(ada, bot.id, id);
    expect((await ada.trpc.knowledge.freshness.query({ botId: bot.id })).stale).toBe(0);
  });
});
