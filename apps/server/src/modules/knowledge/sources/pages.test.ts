import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readRobots, readRobotsWish } from "./robots.ts";
import { scanPage } from "./scan-page.ts";
import { readSitemap } from "./sitemap.ts";
import { isInScope, isSameSite, nameFromUrl, pageUrl } from "./urls.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("addresses", () => {
  test.each([
    ["HTTP://Example.org:80/a/../b?#top", "http://example.org/b"],
    ["https://e.org/?utm_source=a&id=1&GCLID=2", "https://e.org/?id=1"],
    ["https://e.org/?q=a%20b+c", "https://e.org/?q=a%20b+c"],
    ["https://e.org/a;jsessionid=12ab?x=1", "https://e.org/a?x=1"],
    ["https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"],
  ])("%s is %s", (href, url) => expect(pageUrl(href)).toBe(url));

  test.each([
    "ftp://e.org/",
    "javascript:alert(1)",
    "http://user@e.org/",
    "http://e.org/a/a/a/a",
    `http://e.org/${"a/b/c/d/".repeat(6)}`,
    `http://e.org/${"x".repeat(2001)}`,
    "http://",
    "",
  ])("%s is none", (href) => expect(pageUrl(href)).toBeNull());

  test("a site is one host, with or without www., by http or https", () => {
    expect(isSameSite("http://www.e.org/", "https://e.org/a")).toBe(true);
    for (const other of ["http://e.org:8080/", "http://sub.e.org/", "http://e.org.evil.example/"]) {
      expect(isSameSite("http://e.org/", other)).toBe(false);
    }
  });

  test.each([
    ["/docs/", [], [], ["/docs/", "/docs/a"], ["/", "/doc", "/docsx"]],
    ["/docs/intro.html", [], [], ["/docs/intro.html", "/docs/a"], ["/"]],
    ["/start", [], [], ["/", "/a/b"], []],
    ["/", ["/a", "/b/"], ["/a/no"], ["/", "/abc", "/b/c"], ["/b", "/a/no", "/c"]],
  ])("%s includes what it should", (start, includePaths, excludePaths, inside, outside) => {
    const scope = { kind: "site" as const, url: `http://e.org${start}`, includePaths, excludePaths };
    for (const path of inside) expect([path, isInScope(scope, `http://e.org${path}`)]).toEqual([path, true]);
    for (const path of outside)
      expect([path, isInScope(scope, `http://e.org${path}`)]).toEqual([path, false]);
  });

  test.each([
    ["http://e.org/a/caf%C3%A9.pdf", "café.pdf"],
    ["http://e.org/", "e.org"],
    ["http://e.org/%ff", "%ff"],
  ])("a page without title at %s is called %s", (url, name) => expect(nameFromUrl(url)).toBe(name));
});

describe("robots", () => {
  test("rules hold for each spelling of the site; a delay has bounds", () => {
    const robots = readRobots("User-agent: *\nDisallow: /no\nCrawl-delay: 600\nSitemap: /s.xml");
    for (const origin of ["http://e.org", "https://www.e.org", "http://e.org:8080"]) {
      expect(robots.mayRead(`${origin}/no/x`)).toBe(false);
      expect(robots.mayRead(`${origin}/yes`)).toBe(true);
    }
    expect(robots).toMatchObject({ delaySeconds: 10, sitemaps: ["/s.xml"] });
    expect(readRobots("User-agent: *\nCrawl-delay: -5").delaySeconds).toBe(0);
    expect(readRobots("<html>no robots</html>").mayRead("http://e.org/")).toBe(true);
  });

  test("hostile patterns cost little", () => {
    const robots = readRobots(
      `User-agent: *\n${`Disallow: /${"*a".repeat(500)}b\n`.repeat(500)}Disallow: /no`,
    );
    expect(robots.mayRead(`http://e.org/${"a".repeat(1900)}`)).toBe(true);
    expect(robots.mayRead("http://e.org/no")).toBe(false);
  });

  test.each([
    ["noindex", true, false],
    ["none", true, true],
    ["otherbot: noindex, nofollow", false, false],
    ["parlance: noindex", true, false],
    ["otherbot: noindex, parlance: nofollow", false, true],
    ["max-snippet:5, noindex", true, false],
    ["unavailable_after: 25 Jun 2030, nofollow", false, true],
    ["all", false, false],
  ])("%s", (text, noindex, nofollow) => expect(readRobotsWish(text)).toEqual({ noindex, nofollow }));
});

describe("sitemaps", () => {
  test("of any namespace, with CDATA and images, and with an entity that is not expanded", async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "http://evil.example/">]>
      <urlset><url><loc><![CDATA[http://e.org/c]]></loc><image:image><image:loc>http://e.org/i.png</image:loc></image:image></url>
      <url><loc> http://e.org/a?x=1&amp;y=2 </loc></url><url><loc>&a;</loc></url></urlset>`;
    const { pages } = await readSitemap(bytes(xml), 100);
    expect(pages.slice(0, 2)).toEqual(["http://e.org/c", "http://e.org/a?x=1&y=2"]);
    expect(pages.join()).not.toContain("evil");
  });

  test.each([
    ["nothing", bytes("")],
    ["a page", bytes("<html><body>Not found</body></html>")],
    ["a broken archive", new Uint8Array([0x1f, 0x8b, 1, 2, 3])],
    ["an archive of a gigabyte", gzipSync(Buffer.alloc(1024 ** 3, "<url>"), { level: 1 })],
    ["a million open elements", bytes("<a>".repeat(1_000_000))],
  ])("%s gives nothing", async (_title, body) => {
    expect(await readSitemap(body, 100)).toEqual({ pages: [], sitemaps: [] });
  });

  test("no more than the limit", async () => {
    const many = `<urlset>${"<url><loc>http://e.org/</loc></url>".repeat(1000)}</urlset>`;
    expect((await readSitemap(bytes(many), 100)).pages).toHaveLength(100);
  });
});

describe("a page", () => {
  const scan = (html: string, maxLinks = 100) => scanPage(html, { maxLinks, accept: (href) => href });

  test("its title, links, canonical address and wishes", async () => {
    const page =
      await scan(`<title>A &amp; B</title><link rel="canonical" href="/c"><meta name=robots content=noindex>
      <a href="/x">x</a><a href="/x">again</a><a rel="nofollow ugc" href="/n">n</a><map><area href="/m"></map>`);
    expect(page).toMatchObject({
      title: "A & B",
      canonical: "/c",
      links: ["/x", "/m"],
      noindex: true,
      hasText: true,
    });
  });

  test("its hash is of its words, wherever the pieces are cut", async () => {
    const body = "Some  words\n".repeat(20_000);
    const one = await scan(`<script>${"a".repeat(10)}</script><p>${body}</p>`);
    const other = await scan(
      `<script>${"a".repeat(70_001)}</script><style>p{}</style><p class=x>${body}</p><!-- x -->`,
    );
    expect(other.textHash).toBe(one.textHash);
    expect((await scan(`<p>${body}!</p>`)).textHash).not.toBe(one.textHash);
  });

  test("scripts and styles are no words", async () => {
    expect(
      await scan("<style>a{}</style><script>words()</script><noscript>Enable it</noscript>"),
    ).toMatchObject({ hasText: false });
  });

  test("hostile markup ends soon", async () => {
    for (const html of [
      "<i>".repeat(3_000_000),
      `${"<div>".repeat(200)}${"</b>".repeat(2_000_000)}`,
      `<a ${"x ".repeat(2_000_000)}>`,
      "<a href=/x>".repeat(900_000),
      "<!--".repeat(2_000_000),
      `<title>${"x".repeat(9_000_000)}`,
    ]) {
      const page = await scan(html);
      expect(page.links.length).toBeLessThanOrEqual(100);
    }
  });
});
