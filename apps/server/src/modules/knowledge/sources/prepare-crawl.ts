import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { announce, type CrawlOf, findRunning, frontierOf } from "./crawl-state.ts";
import { fetchLimited, pageLimits } from "./fetch-limited.ts";
import type { CrawlFailure } from "./reasons.ts";
import { maxRobotsBytes, readRobots } from "./robots.ts";
import { readSitemap } from "./sitemap.ts";
import { addPages, changeSource, type SourceRow } from "./sources.queries.ts";
import { isInScope, isSameSite, looksReadable, pageUrl } from "./urls.ts";

const maxSitemaps = 50;
const robotsTries = 3;
const pauseMs = 1000;

export interface CrawlTools {
  userAgent: string;
  signal: AbortSignal;
}

/** Reads robots.txt and, for a whole site, its sitemaps, once a crawl. Gives the reason when the site may not be read. */
export async function prepareCrawl(
  ctx: Ctx,
  crawl: CrawlOf,
  source: SourceRow,
  tools: CrawlTools,
): Promise<CrawlFailure | null> {
  const robots = await fetchRobots(ctx, source, tools);
  if (typeof robots !== "string") return robots.failure;
  const urls = source.kind === "site" ? await findInSitemaps(ctx, source, robots, tools) : [];
  await inTx(ctx, async (ctx) => {
    const row = await findRunning(ctx, crawl, { lock: true });
    if (!row || row.prepared) return;
    await addPages(ctx, row.id, urls, { depth: 1, room: frontierOf(row) });
    await changeSource(ctx, row.id, { prepared: true, robots: robots.replaceAll("\0", "") });
    await announce(ctx, row);
  });
  return null;
}

/**
 * By RFC 9309: a robots.txt that is not there allows everything, one that cannot be read forbids everything, and one
 * that redirects without end counts as not there.
 */
async function fetchRobots(
  ctx: Ctx,
  source: SourceRow,
  { userAgent, signal }: CrawlTools,
): Promise<string | { failure: CrawlFailure }> {
  const url = new URL("/robots.txt", source.url).href;
  for (let attempt = 1; ; attempt++) {
    const fetched = await fetchLimited(ctx.outbound.fetch, url, {
      headers: { "user-agent": userAgent, accept: "text/plain, */*;q=0.1" },
      mayFollow: (target) => /^https?:/.test(target),
      signal,
    });
    if (fetched.kind === "answer" && fetched.status === 200) {
      return new TextDecoder().decode(fetched.bytes.subarray(0, maxRobotsBytes));
    }
    if (fetched.kind === "stopped") return "";
    if (fetched.kind === "answer" && fetched.status < 500 && fetched.status !== 429) return "";
    if (fetched.kind === "failed") {
      if (fetched.failure === "REDIRECT_LOOP" || fetched.failure === "TOO_LARGE") return "";
      // where a redirect leads inside, there is no robots.txt
      if (fetched.failure === "NOT_ALLOWED") return fetched.url === url ? { failure: "NOT_ALLOWED" } : "";
    }
    if (attempt === robotsTries) {
      const isDown = fetched.kind === "failed";
      return {
        failure: isDown ? (fetched.failure === "TIMEOUT" ? "TIMEOUT" : "UNREACHABLE") : "ROBOTS_UNREACHABLE",
      };
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt));
    signal.throwIfAborted();
  }
}

/** Pages of the site that its sitemaps name: those of robots.txt, the usual one, and what an index leads to. */
async function findInSitemaps(
  ctx: Ctx,
  source: SourceRow,
  robotsText: string,
  { userAgent, signal }: CrawlTools,
): Promise<string[]> {
  const room = frontierOf(source);
  const queue = [...readRobots(robotsText).sitemaps, new URL("/sitemap.xml", source.url).href];
  const seen = new Set<string>();
  const pages = new Set<string>();
  while (queue.length > 0 && seen.size < maxSitemaps && pages.size < room) {
    const url = pageUrl(queue.shift() ?? "", source.url);
    if (url === null || seen.has(url) || !isSameSite(url, source.url)) continue;
    seen.add(url);
    const fetched = await fetchLimited(ctx.outbound.fetch, url, {
      headers: { "user-agent": userAgent, accept: "application/xml, text/xml, text/plain, application/gzip" },
      mayFollow: (target) => isSameSite(target, source.url),
      signal,
      limits: { ...pageLimits, maxBytes: 50 * 1024 * 1024 },
    });
    if (fetched.kind !== "answer" || fetched.status !== 200) continue;
    const sitemap = await readSitemap(fetched.bytes, 50_000);
    queue.push(...sitemap.sitemaps.slice(0, maxSitemaps));
    for (const address of sitemap.pages) {
      const page = pageUrl(address, source.url);
      if (page !== null && isInScope(source, page) && looksReadable(page) && pages.size < room)
        pages.add(page);
    }
  }
  return [...pages];
}
