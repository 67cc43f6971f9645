import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refreshSources } from "../../../../../../apps/server/src/app/refresh-sources.ts";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { startReader } from "../../../../../../tests/harness/sources.ts";
import {
  type Answer,
  sitePage,
  startWebSite,
  type WebSite,
} from "../../../../../../tests/harness/web-site.ts";
import { chunks, documents, documentVersions, knowledgeSources } from "../knowledge.tables.ts";

let server: TestServer;
let site: WebSite;
let ada: Awaited<ReturnType<typeof startReader>>;
beforeAll(async () => {
  site = await startWebSite();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host });
});
afterAll(async () => {
  await server.close();
  await site.close();
});
beforeEach(async () => {
  site.pages.clear();
  site.hits.length = 0;
  site.down = null;
  ada = await startReader(server, site);
});

const three = () => ({
  "/": sitePage("Home", ["/a", "/b"]),
  "/a": sitePage("A"),
  "/b": sitePage("B"),
});
const versionsOf = async (path: string) => {
  const id = (await ada.documents()).find(({ url }) => url === site.url + path)?.id ?? "";
  const content = await ada.trpc.knowledge.get.query({ id });
  return { version: content.version, text: content.text };
};

describe("a page that is read again", () => {
  test("makes a new version only when its words changed", async () => {
    const home = (word: string) =>
      sitePage("Home", ["/a"]).replace(
        "</main>",
        `<p>${word}</p><script>n = ${Math.random()}</script></main>`,
      );
    ada.put({ "/": home("old"), "/a": sitePage("A") });
    const source = await ada.add();
    ada.put({ "/": home("old") });
    await ada.refresh(source.id);
    expect(await versionsOf("/")).toMatchObject({ version: 1, text: expect.stringContaining("old") });
    ada.put({ "/": home("new") });
    await ada.refresh(source.id);
    expect(await versionsOf("/")).toMatchObject({ version: 2, text: expect.stringContaining("new") });
    expect(await versionsOf("/a")).toMatchObject({ version: 1 });
  });

  test("is asked for by its etag, and a 304 is enough", async () => {
    const asked: unknown[] = [];
    const answer: Answer = (request, response) => {
      asked.push([request.headers["if-none-match"], request.headers["if-modified-since"]]);
      if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
      else {
        const headers = {
          "content-type": "text/html",
          etag: '"1"',
          "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT",
        };
        response.writeHead(200, headers).end(sitePage("Home", ["/a"]));
      }
    };
    ada.put({ "/": answer, "/a": sitePage("A") });
    const source = await ada.add();
    await ada.refresh(source.id);
    expect(asked).toEqual([
      [undefined, undefined],
      ['"1"', "Mon, 01 Jan 2024 00:00:00 GMT"],
    ]);
    expect(await ada.paths()).toEqual(["/", "/a"]);
  });
});

describe("a page that vanished", () => {
  test.each([404, 410])("with %i is removed at once, and its words with it", async (status) => {
    ada.put(three());
    const source = await ada.add();
    const gone = (await ada.documents()).find(({ fileName }) => fileName === "A");
    ada.put({ "/a": { status } });
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/b"]);
    const left = await server.services.db.withTenant(ada.tenantId, async (tx) => [
      ...(await tx
        .select()
        .from(chunks)
        .where(eq(chunks.documentId, gone?.id ?? ""))),
      ...(await tx
        .select()
        .from(documentVersions)
        .where(eq(documentVersions.documentId, gone?.id ?? ""))),
    ]);
    expect(left).toEqual([]);
  });

  test("comes back when it is there again", async () => {
    ada.put(three());
    const source = await ada.add();
    ada.put({ "/a": { status: 404 } });
    await ada.refresh(source.id);
    ada.put({ "/a": sitePage("A") });
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/a", "/b"]);
  });

  test.each([
    [
      "forbidden by robots.txt now",
      { "/robots.txt": { type: "text/plain", body: "User-agent: *\nDisallow: /a" } },
    ],
    ["that asks for noindex now", { "/a": sitePage("A", [], '<meta name="robots" content="noindex">') }],
    ["that moved for good", { "/a": { status: 301, headers: { location: "/b" } } }],
  ] as [string, Record<string, Answer>][])("as one %s", async (_title, change) => {
    ada.put(three());
    const source = await ada.add();
    ada.put(change);
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/b"]);
  });

  test.each([
    ["a sign-in elsewhere", "http://127.0.0.1:9/login"],
    ["a sign-in of the site", "/login"],
  ])("behind %s is removed when that repeats", async (_title, location) => {
    ada.put({ ...three(), "/login": sitePage("Sign in", [], '<meta name="robots" content="noindex">') });
    const source = await ada.add();
    ada.put({ "/a": { status: 302, headers: { location } } });
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/a", "/b"]);
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/b"]);
  });
});

describe("a page stays", () => {
  test.each([
    ["while it fails", { "/a": { status: 500 } }, "SERVER_ERROR"],
    ["while it is refused", { "/a": { status: 403 } }, "REFUSED"],
    ["while it is empty", { "/a": "<html></html>" }, "NO_TEXT"],
    ["when nothing links to it any more", { "/": sitePage("Home", ["/b"]) }, "kept"],
  ] as [string, Record<string, Answer>, string][])("%s", async (_title, change, outcome) => {
    ada.put(three());
    const source = await ada.add();
    ada.put(change);
    expect(await ada.refresh(source.id)).toMatchObject({ status: "READY", errorCode: null });
    expect(await ada.paths()).toEqual(["/", "/a", "/b"]);
    expect(await ada.outcomes(source.id)).toMatchObject({ "/a": outcome });
  });

  test.each([
    ["is down", { status: 503 }, "ROBOTS_UNREACHABLE"],
    ["has lost every page", { status: 404 }, "GONE"],
    [
      "sends everyone to sign in",
      { status: 302, headers: { location: "http://127.0.0.1:9/login" } },
      "REDIRECTS_AWAY",
    ],
    ["breaks off", (_request: unknown, response: { destroy(): void }) => response.destroy(), "UNREACHABLE"],
  ] as [string, Answer, string][])("when the whole site %s", async (_title, down, errorCode) => {
    ada.put(three());
    const source = await ada.add();
    site.down = down;
    expect(await ada.refresh(source.id)).toMatchObject({ status: "FAILED", errorCode });
    expect(await ada.refresh(source.id)).toMatchObject({ status: "FAILED", errorCode });
    expect(await ada.paths()).toEqual(["/", "/a", "/b"]);
    site.down = null;
    expect(await ada.refresh(source.id)).toMatchObject({ status: "READY", errorCode: null });
    expect(await ada.paths()).toEqual(["/", "/a", "/b"]);
  });

  test("away when its owner deleted it", async () => {
    ada.put(three());
    const source = await ada.add();
    const document = (await ada.documents()).find(({ fileName }) => fileName === "A");
    await ada.trpc.botDocument.delete.mutate({ botId: ada.botId, documentId: document?.id ?? "" });
    await ada.refresh(source.id);
    expect(await ada.paths()).toEqual(["/", "/b"]);
    expect(await ada.outcomes(source.id)).toMatchObject({ "/a": "DELETED_BY_OWNER" });
  });
});

describe("the schedule", () => {
  const set = (sourceId: string, values: Partial<typeof knowledgeSources.$inferInsert>) =>
    server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.update(knowledgeSources).set(values).where(eq(knowledgeSources.id, sourceId)),
    );

  test("says when the next crawl is, about an interval from now", async () => {
    ada.put(three());
    const hours = { hourly: 1, daily: 24, weekly: 168, monthly: 720 };
    const source = await ada.add("/", { schedule: "never" });
    expect(source.nextCrawlAt).toBeNull();
    for (const [schedule, interval] of Object.entries(hours)) {
      const changed = await ada.trpc.botSource.update.mutate({
        botId: ada.botId,
        sourceId: source.id,
        schedule: schedule as keyof typeof hours,
      });
      const wait =
        (new Date(changed.nextCrawlAt ?? 0).getTime() - new Date(changed.updatedAt).getTime()) / 3_600_000;
      expect(wait / interval).toBeGreaterThanOrEqual(0.94);
      expect(wait / interval).toBeLessThanOrEqual(1.06);
      expect(changed.status).toBe("READY");
    }
  });

  test("starts what is due, once, and leaves the rest", async () => {
    ada.put(three());
    const due = await ada.add("/", { schedule: "daily" });
    const later = await ada.add("/a", { kind: "page", schedule: "daily" });
    site.hits.length = 0;
    await set(due.id, { nextCrawlAt: new Date(Date.now() - 1000) });
    // as several processes would
    await Promise.all([refreshSources(server.services), refreshSources(server.services)]);
    const after = await ada.crawled(due.id);
    expect(after.nextCrawlAt && after.nextCrawlAt > new Date().toISOString()).toBeTruthy();
    expect(site.hits.filter((path) => path === "/")).toHaveLength(1);
    expect((await ada.crawled(later.id)).lastCrawledAt).toBe(later.lastCrawledAt);
  });

  test("a crawl whose job was lost is woken", async () => {
    ada.put(three());
    const source = await ada.add();
    ada.put({ "/a": { status: 404 } });
    await ada.documents();
    await set(source.id, { status: "CRAWLING", crawl: 2, updatedAt: new Date(Date.now() - 14 * 60_000) });
    site.hits.length = 0;
    await refreshSources(server.services);
    await set(source.id, { updatedAt: new Date(Date.now() - 16 * 60_000) });
    await refreshSources(server.services);
    expect(await ada.crawled(source.id)).toMatchObject({ status: "READY", pages: { documents: 3 } });
  });

  test("a crawl is not begun while one runs", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    ada.put({
      "/": (_request, response) =>
        void gate.then(() => response.setHeader("content-type", "text/html").end(sitePage("Home"))),
    });
    const { id } = await ada.begin();
    expect(await refusal(ada.trpc.botSource.refresh.mutate({ botId: ada.botId, sourceId: id }))).toBe(
      "CONFLICT",
    );
    release();
    expect(await ada.crawled(id)).toMatchObject({ status: "READY" });
  });
});

describe("deleted", () => {
  test("with its documents, at once", async () => {
    ada.put(three());
    const source = await ada.add();
    const other = await ada.trpc.botDocument.addManualText.mutate({
      botId: ada.botId,
      name: "Own",
      content: "Mine.",
    });
    await ada.documents();
    await ada.trpc.botSource.delete.mutate({ botId: ada.botId, sourceId: source.id });
    expect((await ada.documents()).map(({ id }) => id)).toEqual([other.id]);
    expect(await ada.trpc.botSource.listByBotId.query({ botId: ada.botId })).toEqual([]);
  });

  test.each(["source", "bot"])("while it is crawled, with its %s: nothing is left behind", async (what) => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    ada.put({
      "/": sitePage("Home", ["/a", "/slow"]),
      "/a": sitePage("A"),
      "/slow": (_request, response) =>
        void gate.then(() => response.setHeader("content-type", "text/html").end(sitePage("Slow"))),
    });
    const { id } = await ada.begin();
    await eventually(() => expect(site.hits).toContain("/slow"));
    if (what === "bot") await ada.trpc.bot.delete.mutate({ id: ada.botId });
    else await ada.trpc.botSource.delete.mutate({ botId: ada.botId, sourceId: id });
    release();
    // a crawl that ends after it shows that the worker went on
    const eve = await startReader(server, site);
    expect(await eve.add()).toMatchObject({ status: "READY" });
    await eve.documents();
    const left = await server.services.db.withTenant(ada.tenantId, (tx) => tx.select().from(documents));
    expect(left).toEqual([]);
  });
});

test("the progress of a crawl is told live", async () => {
  ada.put(three());
  const { readEvents } = await import("../../../../../../tests/harness/chat.ts");
  const input = encodeURIComponent(JSON.stringify({ botId: ada.botId }));
  const live = await readEvents(`${server.url}/trpc/botSource.changes?input=${input}`, ada.headers);
  await live.until((events) => events.some((event) => event.event === "connected"));
  const source = await ada.add();
  await ada.trpc.botSource.delete.mutate({ botId: ada.botId, sourceId: source.id });
  const events = await live.until((all) => JSON.stringify(all.at(-1)).includes("deleted"));
  const text = JSON.stringify(events);
  for (const word of ["QUEUED", "CRAWLING", "READY", '"done":1']) expect(text).toContain(word);
  await live.close();
});
