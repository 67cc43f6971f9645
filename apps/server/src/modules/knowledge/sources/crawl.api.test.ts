import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
  site.hits.length = 0;
  site.most = 0;
  ada = await startReader(server, site);
});

const xml = (body: string) => ({ type: "application/xml", body: `<?xml version="1.0"?>${body}` });
const urlset = (...paths: string[]) =>
  xml(`<urlset>${paths.map((path) => `<url><loc>${site.url}${path}</loc></url>`).join("")}</urlset>`);

describe("pages are found", () => {
  test("along links, each once, within the site", async () => {
    ada.put({
      "/": sitePage("Home", [
        "/a",
        "/b#top",
        "/b?utm_source=x",
        "mailto:a@example.org",
        "http://127.0.0.1:9/x",
      ]),
      "/a": sitePage("A", ["/", "c/d"]),
      "/b": sitePage("B", ["/missing", "/pic.png", "javascript:alert(1)"]),
      "/c/d": sitePage("D"),
    });
    const source = await ada.add();
    expect(source).toMatchObject({ status: "READY", pages: { documents: 4, failed: 1 }, notice: null });
    expect(await ada.paths()).toEqual(["/", "/a", "/b", "/c/d"]);
    const a = (await ada.documents()).find(({ fileName }) => fileName === "A");
    expect(a).toMatchObject({
      sourceType: "WEB_PAGE",
      sourceId: source.id,
      status: "PROCESSED",
      fileType: "text/html",
    });
    expect(site.hits).toEqual([...new Set(site.hits)]);
    expect(site.hits).not.toContain("/pic.png");
    expect(site.most).toBeLessThanOrEqual(2);
    const content = await ada.trpc.knowledge.get.query({ id: a?.id ?? "" });
    expect(content).toMatchObject({
      url: `${site.url}/a`,
      text: expect.stringContaining("secret number of A"),
    });
    expect(await ada.outcomes(source.id)).toMatchObject({ "/missing": "GONE", "/a": "kept" });
  });

  test("in sitemaps: of robots.txt, the usual one, an index, packed, as lines", async () => {
    ada.put({
      "/": sitePage("Home"),
      "/robots.txt": {
        type: "text/plain",
        body: `Sitemap: ${site.url}/maps.xml\nSitemap: /lines.txt\nSitemap: http://127.0.0.1:9/s.xml`,
      },
      "/maps.xml": xml(
        `<sitemapindex><sitemap><loc>${site.url}/packed.xml.gz</loc></sitemap><sitemap><loc>/maps.xml</loc></sitemap></sitemapindex>`,
      ),
      "/packed.xml.gz": {
        type: "application/gzip",
        body: gzipSync(urlset("/packed", "/packed").body),
      },
      "/lines.txt": { type: "text/plain", body: `${site.url}/line\nnothing\n` },
      "/sitemap.xml": urlset("/usual", "/a&amp;b", "/pic.png"),
      "/packed": sitePage("Packed"),
      "/line": sitePage("Line"),
      "/usual": sitePage("Usual"),
      "/a&b": sitePage("Ampersand"),
    });
    await ada.add();
    expect(await ada.paths()).toEqual(["/", "/a&b", "/line", "/packed", "/usual"]);
    expect(site.hits.filter((path) => path === "/maps.xml")).toHaveLength(1);
  });

  test("one by one when only a page is asked for", async () => {
    ada.put({ "/one": sitePage("One", ["/two"]), "/two": sitePage("Two"), "/sitemap.xml": urlset("/two") });
    expect(await ada.add("/one", { kind: "page" })).toMatchObject({ status: "READY", maxPages: 1 });
    expect(await ada.paths()).toEqual(["/one"]);
    expect(site.hits).toEqual(["/robots.txt", "/one"]);
  });

  test("under the start page's folder, or under the paths that are included and not excluded", async () => {
    ada.put({
      "/docs/": sitePage("Docs", ["/docs/a", "/blog/x", "/docs/old/y", "/"]),
      "/docs/a": sitePage("A"),
      "/docs/old/y": sitePage("Y"),
      "/blog/x": sitePage("X"),
      "/": sitePage("Home"),
    });
    const source = await ada.add("/docs/");
    expect(await ada.paths()).toEqual(["/docs/", "/docs/a", "/docs/old/y"]);
    const change = { includePaths: ["/docs/", "/blog"], excludePaths: ["/docs/old"] };
    await ada.trpc.botSource.update.mutate({ botId: ada.botId, sourceId: source.id, ...change });
    await ada.crawled(source.id);
    expect(await ada.paths()).toEqual(["/blog/x", "/docs/", "/docs/a"]);
  });

  test("with what other formats hold, in whichever charset", async () => {
    const cafe = Buffer.from(
      "<title>Caf\xe9</title><p>Le caf\xe9 est servi \xe0 quatre heures.</p>",
      "latin1",
    );
    const arabic = Buffer.from([0xe3, 0xd1, 0xcd, 0xc8, 0xc7]); // "welcome" in windows-1256
    ada.put({
      "/": sitePage("Home", ["/t", "/m", "/p", "/v", "/cafe", "/ar"]),
      "/t": { type: "text/plain", body: "Plain words." },
      "/m": { type: "text/markdown; charset=utf-8", body: "# Title\n\nMarked words." },
      "/p": { type: "application/pdf", body: "%PDF-1.4 broken" },
      "/v": { type: "video/mp4", body: "x" },
      "/cafe": { type: "text/html; charset=iso-8859-1", body: cafe },
      "/ar": {
        type: "text/html; charset=windows-1256",
        body: Buffer.concat([Buffer.from("<title>Ar</title><p>"), arabic, Buffer.from("</p>")]),
      },
    });
    const source = await ada.add();
    expect(await ada.paths()).toEqual(["/", "/ar", "/cafe", "/m", "/p", "/t"]);
    expect(await ada.outcomes(source.id)).toMatchObject({ "/v": "UNREADABLE_TYPE" });
    const all = await ada.documents();
    const textOf = async (name: string) => {
      const id = all.find(({ fileName }) => fileName === name)?.id ?? "";
      return (await ada.trpc.knowledge.get.query({ id })).text;
    };
    expect(await textOf("Café")).toContain("Le café est servi à quatre heures.");
    expect(await textOf("Ar")).toContain("مرحبا");
    expect(all.find(({ fileName }) => fileName === "p")).toMatchObject({ status: "FAILED" });
  });
});

describe("what a site asks is done", () => {
  test("robots.txt: for us by name, else for all", async () => {
    ada.put({
      "/robots.txt": {
        type: "text/plain",
        body: "User-agent: *\nDisallow: /\n\nUser-agent: Parlance\nDisallow: /no\nAllow: /no/but\n",
      },
      "/": sitePage("Home", ["/no/x", "/no/but/y", "/yes"]),
      "/no/x": sitePage("X"),
      "/no/but/y": sitePage("Y"),
      "/yes": sitePage("Yes"),
    });
    const source = await ada.add();
    expect(await ada.paths()).toEqual(["/", "/no/but/y", "/yes"]);
    expect(site.hits).not.toContain("/no/x");
    expect(await ada.outcomes(source.id)).toMatchObject({ "/no/x": "ROBOTS" });
  });

  test("robots.txt that forbids all: nothing is read, and the source says so", async () => {
    ada.put({
      "/robots.txt": { type: "text/plain", body: "User-agent: *\nDisallow: /" },
      "/": sitePage("Home"),
    });
    expect(await ada.add()).toMatchObject({
      status: "FAILED",
      errorCode: "ROBOTS",
      errorMessage: /robots\.txt/,
    });
    expect(site.hits).not.toContain("/");
  });

  test.each([
    ["an error of the site forbids all", { status: 503 }, "ROBOTS_UNREACHABLE"],
    ["a refusal allows all", { status: 403 }, null],
    ["a circle of redirects allows all", { status: 302, headers: { location: "/robots.txt" } }, null],
  ])("robots.txt: %s", async (_title, answer, errorCode) => {
    ada.put({ "/robots.txt": answer, "/": sitePage("Home") });
    expect(await ada.add()).toMatchObject({ errorCode, status: errorCode ? "FAILED" : "READY" });
  });

  test("crawl-delay: one request after another", async () => {
    ada.put({
      "/robots.txt": { type: "text/plain", body: "User-agent: *\nCrawl-delay: 0.3" },
      "/": sitePage("Home", ["/a", "/b", "/c"]),
      "/a": sitePage("A"),
      "/b": sitePage("B"),
      "/c": sitePage("C"),
    });
    const times: number[] = [];
    for (const [path, body] of [...site.pages]) {
      if (typeof body !== "string") continue;
      site.pages.set(path, (_request, response) => {
        times.push(performance.now());
        response.writeHead(200, { "content-type": "text/html" }).end(body);
      });
    }
    await ada.add();
    expect(times).toHaveLength(4);
    expect(Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toBeGreaterThan(250);
    expect(site.most).toBe(1);
  });

  test("noindex and nofollow, in the page and in its headers", async () => {
    ada.put({
      "/": sitePage("Home", ["/ni", "/nf", "/hni", "/hnone", "/other"]),
      "/ni": sitePage("NI", ["/from-ni"], '<meta name="robots" content="noindex">'),
      "/nf": sitePage("NF", ["/from-nf"], '<meta name="ROBOTS" content="index, NOFOLLOW">'),
      "/hni": { headers: { "x-robots-tag": "noindex" }, body: sitePage("HNI", ["/from-hni"]) },
      "/hnone": { headers: { "x-robots-tag": "none" }, body: sitePage("HNONE", ["/from-hnone"]) },
      "/other": {
        headers: { "x-robots-tag": "otherbot: noindex, nofollow" },
        body: sitePage("O", ["/from-o"]),
      },
      "/from-ni": sitePage("From NI"),
      "/from-nf": sitePage("From NF"),
      "/from-hni": sitePage("From HNI"),
      "/from-hnone": sitePage("From HNONE"),
      "/from-o": sitePage("From O"),
    });
    await ada.add();
    expect(await ada.paths()).toEqual(["/", "/from-hni", "/from-ni", "/from-o", "/nf", "/other"]);
  });
});

describe("one page under several addresses is one document", () => {
  test("canonical links, redirects, equal words", async () => {
    ada.put({
      "/": sitePage("Home", ["/a?print=1", "/moved", "/copy", "/circle1", "/away", "/bad-canonical"]),
      "/a?print=1": sitePage("A", [], '<link rel="canonical" href="/a">'),
      "/a": sitePage("A", [], '<link rel="canonical" href="/a">'),
      "/moved": { status: 301, headers: { location: "/b" } },
      "/b": sitePage("B"),
      "/copy": `<!-- another comment -->${sitePage("B")}<script>let x = 1</script>`,
      "/circle1": { status: 302, headers: { location: "/circle2" } },
      "/circle2": { status: 302, headers: { location: "/circle1" } },
      "/away": { status: 302, headers: { location: "http://127.0.0.1:9/" } },
      "/bad-canonical": sitePage("Bad", [], '<link rel="canonical" href="/">'),
    });
    const source = await ada.add();
    const outcomes = await ada.outcomes(source.id);
    expect(await ada.paths()).toEqual(["/", "/a", "/b", "/bad-canonical"]);
    expect(outcomes).toMatchObject({
      "/a?print=1": "ALIAS",
      "/circle1": "REDIRECT_LOOP",
      "/away": "REDIRECTS_AWAY",
    });
    expect(outcomes["/copy"]).toMatch(/DUPLICATE|kept/);
  });

  test("a start page that leads to another page of the site", async () => {
    ada.put({
      "/": { status: 302, headers: { location: "/en/" } },
      "/en/": sitePage("English", ["/en/a"]),
      "/en/a": sitePage("A"),
    });
    const source = await ada.add();
    expect(source).toMatchObject({ status: "READY" });
    expect(await ada.paths()).toEqual(["/en/", "/en/a"]);
    expect(await ada.refresh(source.id)).toMatchObject({ status: "READY", pages: { documents: 2 } });
    expect(await ada.paths()).toEqual(["/en/", "/en/a"]);
  });
});

describe("a site without end comes to an end", () => {
  test("at its limit of pages, which is told", async () => {
    ada.put({
      "/": sitePage(
        "Home",
        Array.from({ length: 30 }, (_, n) => `/p${n}`),
      ),
    });
    for (let n = 0; n < 30; n++) ada.put({ [`/p${n}`]: sitePage(`Page ${n}`) });
    const source = await ada.add("/", { maxPages: 7 });
    expect(source).toMatchObject({ status: "READY", notice: "LIMIT_REACHED", pages: { documents: 7 } });
    expect(site.hits.length).toBeLessThan(15);
  });

  test("in a calendar, and along relative links that run in circles", async () => {
    ada.put({ "/": sitePage("Home", ["/calendar?month=0", "/deep/"]) });
    for (let n = 0; n < 100; n++) {
      ada.put({ [`/calendar?month=${n}`]: sitePage(`Month ${n}`, [`/calendar?month=${n + 1}`]) });
      ada.put({ [`/${"deep/".repeat(n + 1)}`]: sitePage(`Deep ${n}`, ["deep/"]) });
    }
    expect(await ada.add("/", { maxPages: 2000 })).toMatchObject({ status: "READY", notice: null });
    const found = await ada.paths();
    expect(found.filter((path) => path.startsWith("/calendar")).length).toBeLessThanOrEqual(50);
    expect(found.filter((path) => path.startsWith("/deep"))).toHaveLength(3);
  });

  test("on a page of 100,000 links", async () => {
    const many = Array.from({ length: 100_000 }, (_, n) => `<a href="/many/${n}">${n}</a>`).join("");
    ada.put({ "/": `<title>Many</title>${many}` });
    const source = await ada.add("/", { maxPages: 20 });
    expect(source).toMatchObject({
      status: "READY",
      notice: "LIMIT_REACHED",
      pages: { documents: 1, found: 90 },
    });
  });
});

describe("a first crawl that fails says what to do", () => {
  test.each([
    ["a page that is not there", { status: 404 }, "GONE", /Check the address/],
    ["a refusal", { status: 403 }, "REFUSED", /Public pages only/],
    [
      "a redirect to another site",
      { status: 302, headers: { location: "http://127.0.0.1:9/login" } },
      "REDIRECTS_AWAY",
      /Add the address/,
    ],
    [
      "a page made by scripts",
      '<html><body><div id="app"></div><script>render("words")</script></body></html>',
      "NO_TEXT",
      /by hand/,
    ],
    [
      "a page that wants no robots",
      sitePage("No", [], '<meta name="robots" content="noindex">'),
      "NOINDEX",
      /noindex/,
    ],
    ["something else", { type: "image/png", body: "x" }, "UNREADABLE_TYPE", /HTML/],
    ["an error of the site", { status: 500 }, "SERVER_ERROR", /later/],
  ])("%s", async (_title, answer, errorCode, errorMessage) => {
    ada.put({ "/": answer });
    expect(await ada.add()).toMatchObject({ status: "FAILED", errorCode, errorMessage });
    expect(await ada.paths()).toEqual([]);
  });
});
