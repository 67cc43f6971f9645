import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { startReader } from "../../../../../../tests/harness/sources.ts";
import { sitePage, startWebSite, type WebSite } from "../../../../../../tests/harness/web-site.ts";
import { contextFor } from "../../../faces/principal.ts";
import { runCrawl } from "./crawl.ts";

let server: TestServer;
/** One for each test: a request that hangs in one takes a place at its host from the other. */
const sites: WebSite[] = [];
beforeAll(async () => {
  sites.push(await startWebSite(), await startWebSite());
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: sites.map(({ host }) => host).join() });
});
afterAll(async () => {
  await server.close();
  for (const site of sites) await site.close();
});
function siteNumber(index: number): WebSite {
  const site = sites[index];
  if (!site) throw new Error("There is no such site.");
  return site;
}

test("a job that is killed in the middle is taken up where it stood, by whoever comes next", async () => {
  const site = siteNumber(0);
  const ada = await startReader(server, site);
  let isOpen = false;
  ada.put({ "/": sitePage("Home", ["/a", "/b", "/hang"]), "/a": sitePage("A"), "/b": sitePage("B") });
  ada.put({
    "/hang": (_request, response) => {
      if (isOpen) response.setHeader("content-type", "text/html").end(sitePage("Hang"));
    },
  });
  const { id } = await ada.begin();
  await eventually(() => expect(site.hits).toContain("/hang"));
  await ada.documents();
  const ctx = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  const other = { sourceId: id, crawl: 1, signal: new AbortController().signal };

  // another job finds it held and leaves it alone
  await runCrawl(ctx, { ...other, jobId: "another" });
  expect(site.hits.filter((path) => path === "/hang")).toHaveLength(1);

  // its holder fell silent: the lease runs out, and the next job reads what is left
  isOpen = true;
  const late = { ...ctx, now: () => new Date(Date.now() + 3_600_000) };
  await runCrawl(late, { ...other, jobId: "another" });
  expect(await ada.crawled(id)).toMatchObject({ status: "READY", pages: { documents: 4 } });
  expect(site.hits.filter((path) => path === "/a")).toHaveLength(1);

  // and again, as a queue does that is not sure: nothing happens twice
  await runCrawl(ctx, { ...other, jobId: "another" });
  expect(await ada.paths()).toEqual(["/", "/a", "/b", "/hang"]);
  const all = await ada.documents();
  const versions = await Promise.all(all.map(({ id }) => ada.trpc.knowledge.get.query({ id })));
  expect(versions.map(({ version }) => version)).toEqual([1, 1, 1, 1]);
});

test("a job whose process ends throws, for the queue to give it to another", async () => {
  const site = siteNumber(1);
  const ada = await startReader(server, site);
  ada.put({ "/": sitePage("Home", ["/a"]), "/a": () => {} });
  const { id } = await ada.begin();
  await eventually(() => expect(site.hits).toContain("/a"));
  const ctx = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  const late = { ...ctx, now: () => new Date(Date.now() + 3_600_000) };
  const stop = new AbortController();
  const running = runCrawl(late, { sourceId: id, crawl: 1, jobId: "another", signal: stop.signal });
  await eventually(() => expect(site.hits.filter((path) => path === "/a")).toHaveLength(2));
  stop.abort(new Error("The process ends."));
  await expect(running).rejects.toThrow("The process ends.");
  const [source] = await ada.trpc.botSource.listByBotId.query({ botId: ada.botId });
  expect(source).toMatchObject({ status: "CRAWLING", pages: { found: 2, done: 1 } });
  await ada.trpc.botSource.delete.mutate({ botId: ada.botId, sourceId: id });
});
