import { setTimeout as sleep } from "node:timers/promises";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { applyOutcome } from "./apply-outcome.ts";
import { type CrawlOf, continueCrawl, endCrawl, findRunning, holdCrawl, lookAgain } from "./crawl-state.ts";
import { type CrawlTools, prepareCrawl } from "./prepare-crawl.ts";
import { type Outcome, readPage } from "./read-page.ts";
import { type PageReason, pageReasons } from "./reasons.ts";
import { type Robots, readRobots, robotName } from "./robots.ts";
import {
  countDocuments,
  findPageByUrl,
  firstRetry,
  hasPending,
  nextPages,
  type PageRow,
  type SourceRow,
} from "./sources.queries.ts";

/** How long one job works before it lets others have their turn. */
const turnMs = 30_000;
/** Pages of a source that are read at a time. */
const pagesAtOnce = 2;
/** Pages that are taken from the database at a time. */
const pagesPerRound = 20;
/** Failures in a row after which the site itself is taken to be down. */
const maxStrikes = 10;
const heldSeconds = 15;

/**
 * Works on a crawl for a while and puts the rest on the queue. Where it stands is in the database alone, page by
 * page, so that it goes on after a crash and may run twice; a page whose visit was cut off is visited again.
 * Throws what is not the site's doing, for the queue to try again.
 */
export async function runCrawl(
  ctx: Ctx,
  job: CrawlOf & { jobId: string; signal: AbortSignal },
): Promise<void> {
  const { jobId, signal, ...crawl } = job;
  const until = performance.now() + turnMs;
  const tools: CrawlTools = { userAgent: `${robotName}/1.0 (+${ctx.publicUrl})`, signal };
  const held = await inTx(ctx, (ctx) => holdCrawl(ctx, crawl, jobId));
  if (held === null) return;
  if (held === "held") {
    await inTx(ctx, (ctx) => lookAgain(ctx, crawl, heldSeconds));
    return;
  }
  if (!held.prepared) {
    const failure = await prepareCrawl(ctx, crawl, held, tools);
    if (failure) {
      await inTx(ctx, (ctx) => endCrawl(ctx, crawl, { failure }));
      return;
    }
  }
  const source = await inTx(ctx, (ctx) => findRunning(ctx, crawl));
  if (!source) return;
  try {
    await visitPages(ctx, crawl, source, tools, until);
  } catch (error) {
    if (!isAppError(error) || error.code !== "INSUFFICIENT_CREDITS") throw error;
    const message = `${error.message} The crawl was stopped; everything that was read before stays.`;
    await inTx(ctx, (ctx) => endCrawl(ctx, crawl, { failure: "NO_ROOM", message }));
  }
}

/** Whoever gives the queue's last try up calls this, so that the owner sees why nothing moves. */
export async function giveUpCrawl(ctx: Ctx, crawl: CrawlOf): Promise<void> {
  await inTx(ctx, (ctx) => endCrawl(ctx, crawl, { failure: "STOPPED" }));
}

/** Visits what waits until the turn is over, and leaves the crawl either on the queue or ended. */
async function visitPages(
  ctx: Ctx,
  crawl: CrawlOf,
  source: SourceRow,
  tools: CrawlTools,
  until: number,
): Promise<void> {
  const robots = readRobots(source.robots);
  const visit = (page: PageRow) => visitPage(ctx, crawl, source, page, { ...tools, robots });
  const workers = robots.delaySeconds > 0 ? 1 : pagesAtOnce;
  for (;;) {
    const pages = await inTx(ctx, (ctx) => nextRound(ctx, crawl));
    if (pages === null || pages.length === 0) return;
    const work = async () => {
      for (let page = pages.shift(); page; page = pages.shift()) {
        if (performance.now() > until) return;
        await visit(page);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    tools.signal.throwIfAborted();
    if (performance.now() > until) {
      await inTx(ctx, (ctx) => continueCrawl(ctx, crawl));
      return;
    }
  }
}

/** What to visit now: the start page alone, then its neighbours. Nothing: the crawl has ended, or goes on later. */
async function nextRound(ctx: TxCtx, crawl: CrawlOf): Promise<PageRow[] | null> {
  const source = await findRunning(ctx, crawl, { lock: true });
  if (!source) return null;
  const start = await findPageByUrl(ctx, source.id, source.url);
  if (start?.state === "failed" && start.reason && tellsOfSite.has(start.reason)) {
    await endCrawl(ctx, crawl, { failure: reasonOf(start) });
    return null;
  }
  if (source.strikes >= maxStrikes) {
    await endCrawl(ctx, crawl, { failure: "SITE_DOWN" });
    return null;
  }
  const startWaits = start?.state === "pending";
  const room = source.maxPages - (await countDocuments(ctx, source.id));
  const newToo = room > 0;
  if (startWaits && isDue(ctx, start)) return [start];
  const limit = newToo ? Math.min(pagesPerRound, Math.max(room, pagesAtOnce)) : pagesPerRound;
  const pages = startWaits ? [] : await nextPages(ctx, source.id, { limit, newToo });
  if (pages.length > 0) return pages;
  const retryAt = startWaits ? start.retryAt : await firstRetry(ctx, source.id, newToo);
  if (retryAt) {
    const seconds = Math.max(1, Math.ceil((retryAt.getTime() - ctx.now().getTime()) / 1000));
    await continueCrawl(ctx, crawl, seconds);
  } else await concludeCrawl(ctx, crawl, source, start);
  return null;
}

/** A front page that fails so says nothing of the pages behind it: they are left alone. */
const tellsOfSite: ReadonlySet<string> = new Set([
  "GONE",
  "REDIRECTS_AWAY",
  "REDIRECT_LOOP",
  "NOT_ALLOWED",
  "UNREACHABLE",
  "TIMEOUT",
  "SERVER_ERROR",
  "REFUSED",
  "HTTP_ERROR",
] satisfies PageReason[]);

function isDue(ctx: TxCtx, page: PageRow): boolean {
  return page.retryAt === null || page.retryAt <= ctx.now();
}

/** Every page has had its turn: well, unless not one of them is a document. */
async function concludeCrawl(
  ctx: TxCtx,
  crawl: CrawlOf,
  source: SourceRow,
  start: PageRow | null,
): Promise<void> {
  if ((await countDocuments(ctx, source.id)) === 0) {
    await endCrawl(ctx, crawl, { failure: start ? reasonOf(start) : "INTERNAL" });
    return;
  }
  const isCut = source.notice === "LIMIT_REACHED" || (await hasPending(ctx, source.id));
  await endCrawl(ctx, crawl, { notice: isCut ? "LIMIT_REACHED" : null });
}

function reasonOf(page: PageRow): PageReason {
  return pageReasons.find((reason) => reason === page.reason) ?? "INTERNAL";
}

async function visitPage(
  ctx: Ctx,
  crawl: CrawlOf,
  source: SourceRow,
  page: PageRow,
  tools: CrawlTools & { robots: Robots },
): Promise<void> {
  const { signal, userAgent, robots } = tools;
  if (robots.delaySeconds > 0) await sleep(robots.delaySeconds * 1000, undefined, { signal });
  const request = {
    url: page.url,
    etag: page.etag,
    lastModified: page.lastModified,
    isKnown: page.documentId !== null,
  };
  let outcome: Outcome;
  try {
    outcome = await readPage(
      { fetch: ctx.outbound.fetch, userAgent, robots, scope: source, signal },
      request,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    ctx.log.error({ error, sourceId: source.id, page: page.id }, "a page could not be read");
    outcome = { kind: "trouble", reason: "INTERNAL", retry: false };
  }
  await applyOutcome(ctx, crawl, page, outcome);
}
