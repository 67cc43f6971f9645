import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { startReader } from "../../../../../../tests/harness/sources.ts";
import { sitePage, startWebSite, type WebSite } from "../../../../../../tests/harness/web-site.ts";
import { ssrfForms } from "../../../platform/http/ssrf-forms.ts";

/*
 * A canary on this machine that nobody may reach: not by an address that is added, not by a changed one, and not by
 * a redirect, a link, a sitemap or a robots.txt of a site that may be read.
 */
let server: TestServer;
let site: WebSite;
let ada: Awaited<ReturnType<typeof startReader>>;
const hits: string[] = [];
const canary = createServer((request, response) => {
  hits.push(`${request.headers.host}${request.url}`);
  response.writeHead(200, { "content-type": "text/html" }).end(sitePage("Secret"));
});
let port = 0;
let forms: string[] = [];
beforeAll(async () => {
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  const address = canary.address();
  port = typeof address === "object" && address ? address.port : 0;
  forms = ssrfForms.map((form) => form.replaceAll("PORT", String(port)));
  site = await startWebSite();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: site.host });
  ada = await startReader(server, site);
});
afterAll(async () => {
  await server.close();
  await site.close();
  canary.close();
});

test("an address that is added or changed to", { timeout: 120_000 }, async () => {
  ada.put({ "/": sitePage("Home") });
  const good = await ada.add();
  // two are public hosts by ports that no page has: the guard stops those when they are fetched
  const known = forms.filter((form) => !/93\.184/.test(form));
  const outcomes = new Set<string>();
  for (const url of known) {
    const { botId } = ada;
    outcomes.add(await refusal(ada.trpc.botSource.add.mutate({ botId, kind: "page", url })));
    outcomes.add(await refusal(ada.trpc.botSource.update.mutate({ botId, sourceId: good.id, url })));
  }
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(["ADDRESS_NOT_ALLOWED"]));
  for (const code of outcomes) expect(code).toMatch(/ADDRESS_NOT_ALLOWED|VALIDATION_ERROR/);
  expect(hits).toEqual([]);
  expect(await ada.trpc.botSource.listByBotId.query({ botId: ada.botId })).toHaveLength(1);
});

test("a redirect, a link, a canonical address, a sitemap, a robots.txt", { timeout: 120_000 }, async () => {
  const inside = `http://127.0.0.1:${port}`;
  const links: string[] = [];
  for (const [index, form] of forms.entries()) {
    ada.put({ [`/r${index}`]: { status: 302, headers: { location: encodeURI(form) } } });
    links.push(`/r${index}`, form.replaceAll('"', ""));
  }
  ada.put({
    "/robots.txt": { type: "text/plain", body: `Sitemap: ${inside}/sitemap.xml\nSitemap: /map.xml` },
    "/map.xml": {
      type: "application/xml",
      body: `<sitemapindex><sitemap><loc>${inside}/s.xml</loc></sitemap></sitemapindex>`,
    },
    "/sitemap.xml": {
      type: "application/xml",
      body: `<urlset><url><loc>${inside}/page</loc></url></urlset>`,
    },
    "/all": sitePage("All", links, `<base href="${site.url}/"><link rel="canonical" href="${inside}/">`),
    "/frames": `<title>F</title><p>words</p><iframe src="${inside}/f"></iframe><img src="${inside}/i"><meta http-equiv="refresh" content="0;url=${inside}/m"><link rel="stylesheet" href="${inside}/c"><script src="${inside}/j"></script>`,
    "/based": sitePage("Based", ["relative"], `<base href="${inside}/">`),
  });
  ada.put({ "/start": sitePage("Start", ["/all", "/frames", "/based"]) });
  const source = await ada.add("/start", { maxPages: 300 });
  expect(source.pages.done).toBeGreaterThan(100);
  await ada.documents();
  ada.put({ "/robots.txt": { status: 301, headers: { location: `${inside}/robots.txt` } } });
  await ada.refresh(source.id);
  expect(hits).toEqual([]);
});
