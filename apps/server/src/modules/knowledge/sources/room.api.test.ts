import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { limitTo } from "../../../../../../tests/harness/plans.ts";
import { startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { startReader } from "../../../../../../tests/harness/sources.ts";
import { sitePage, startWebSite, type WebSite } from "../../../../../../tests/harness/web-site.ts";

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
  ada = await startReader(server, site);
  ada.put({ "/": sitePage("Home", ["/a", "/b", "/c", "/d"]) });
  for (const name of ["a", "b", "c", "d"]) ada.put({ [`/${name}`]: sitePage(name) });
});

test.each([
  ["documents", { maxDocumentsPerBot: 3 }],
  ["processing jobs", { maxDocProcessingJobsPerMonth: 3 }],
])("a crawl stops where the plan's %s end; what is there stays", async (_title, limits) => {
  await limitTo(server, ada, limits);
  const source = await ada.add();
  expect(source).toMatchObject({
    status: "FAILED",
    errorCode: "NO_ROOM",
    errorMessage: expect.stringMatching(/The crawl was stopped/),
    pages: { documents: 3 },
  });
  expect((await ada.documents()).map(({ status }) => status)).toEqual([
    "PROCESSED",
    "PROCESSED",
    "PROCESSED",
  ]);
});

test("at the limit, what is there is still kept up to date", async () => {
  const source = await ada.add("/", { maxPages: 3 });
  await limitTo(server, ada, { maxDocumentsPerBot: 3 });
  const known = (await ada.paths()).find((path) => path !== "/") ?? "";
  ada.put({ [known]: sitePage("Changed") });
  expect(await ada.refresh(source.id)).toMatchObject({ status: "READY", notice: "LIMIT_REACHED" });
  expect((await ada.documents()).map(({ fileName }) => fileName)).toContain("Changed");
});

test("bytes that a new version has more are counted", async () => {
  const source = await ada.add();
  await ada.documents();
  await limitTo(server, ada, { maxTotalDocumentStorageGB: 2000 / 1e9 });
  ada.put({ "/a": `${sitePage("a")}<p>${"Words. ".repeat(500)}</p>` });
  expect(await ada.refresh(source.id)).toMatchObject({ status: "FAILED", errorCode: "NO_ROOM" });
  const all = await ada.documents();
  expect(all).toHaveLength(5);
  expect(all.map(({ status }) => status)).not.toContain("FAILED");
});
