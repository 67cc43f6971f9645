import { and, gte, isNull, ne, or } from "drizzle-orm";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { sourceChanged } from "../knowledge.events.ts";
import { crawlQueue } from "../knowledge.jobs.ts";
import { sourcePages } from "../knowledge.tables.ts";
import { type CrawlFailure, failureTexts } from "./reasons.ts";
import { addPages, changeSource, findSource, ofSource, type SourceRow } from "./sources.queries.ts";

const minute = 60_000;
/** How long a job may hold a crawl without a sign of life before another takes it over. */
const leaseMs = 5 * minute;
/** Crawls in a row that an address may bring nothing in before it is forgotten. */
const maxMisses = 3;

const intervals = {
  never: null,
  hourly: 60 * minute,
  daily: 24 * 60 * minute,
  weekly: 7 * 24 * 60 * minute,
  monthly: 30 * 24 * 60 * minute,
} as const;

/** Addresses that a source may know: some lead nowhere, and those must not crowd out the rest. */
export function frontierOf(source: Pick<SourceRow, "kind" | "maxPages">): number {
  return source.kind === "page" ? 5 : source.maxPages * 2 + 50;
}

/** Begins a crawl from the start: every address that is known is to be visited anew. */
export async function beginCrawl(ctx: TxCtx, source: SourceRow): Promise<SourceRow> {
  const crawl = source.crawl + 1;
  await ctx.tx
    .delete(sourcePages)
    .where(
      and(
        ofSource(ctx, source.id),
        isNull(sourcePages.documentId),
        gte(sourcePages.misses, maxMisses),
        or(isNull(sourcePages.reason), ne(sourcePages.reason, "DELETED_BY_OWNER")),
      ),
    );
  await ctx.tx
    .update(sourcePages)
    .set({ state: "pending", reason: null, httpStatus: null, attempts: 0, retryAt: null })
    .where(
      and(
        ofSource(ctx, source.id),
        or(isNull(sourcePages.reason), ne(sourcePages.reason, "DELETED_BY_OWNER")),
      ),
    );
  await addPages(ctx, source.id, [source.url], { depth: 0, room: Number.POSITIVE_INFINITY });
  const row = await changeSource(ctx, source.id, {
    crawl,
    status: "QUEUED",
    prepared: false,
    strikes: 0,
    leaseHolder: null,
    leaseUntil: null,
    errorCode: null,
    errorMessage: null,
    notice: null,
    nextCrawlAt: null,
  });
  await ctx.jobs.enqueue(crawlQueue, { tenantId: ctx.tenantId, sourceId: source.id, crawl });
  await announce(ctx, row);
  return row;
}

export function isRunning({ status }: Pick<SourceRow, "status">): boolean {
  return status === "QUEUED" || status === "CRAWLING";
}

export interface CrawlOf {
  sourceId: string;
  crawl: number;
}

/** The source when `crawl` is still the one that runs; null when it ended, another began, or the source is gone. */
export async function findRunning(
  ctx: TxCtx,
  { sourceId, crawl }: CrawlOf,
  options: { lock?: boolean } = {},
): Promise<SourceRow | null> {
  const row = await findSource(ctx, { sourceId }, options).catch(() => null);
  return row && isRunning(row) && row.crawl === crawl ? row : null;
}

/** Takes or renews a job's hold on a crawl: one job at a time works on a source, over all processes. */
export async function holdCrawl(
  ctx: TxCtx,
  crawl: CrawlOf,
  jobId: string,
): Promise<SourceRow | "held" | null> {
  const row = await findRunning(ctx, crawl, { lock: true });
  if (!row) return null;
  const isOthers = row.leaseHolder !== null && row.leaseHolder !== jobId;
  if (isOthers && row.leaseUntil && row.leaseUntil > ctx.now()) return "held";
  const held = await changeSource(ctx, row.id, {
    status: "CRAWLING",
    leaseHolder: jobId,
    leaseUntil: new Date(ctx.now().getTime() + leaseMs),
  });
  if (row.status === "QUEUED") await announce(ctx, held);
  return held;
}

/** Lets the crawl go on in a job of its own, after a while if need be. */
export async function continueCrawl(ctx: TxCtx, crawl: CrawlOf, afterSeconds = 0): Promise<void> {
  const row = await findRunning(ctx, crawl, { lock: true });
  if (!row) return;
  await changeSource(ctx, row.id, { leaseHolder: null, leaseUntil: null });
  await ctx.jobs.enqueue(crawlQueue, { tenantId: ctx.tenantId, ...crawl }, { afterSeconds });
}

/** The same for a job that found another at work: it comes back to see whether that one lives. */
export async function lookAgain(ctx: TxCtx, crawl: CrawlOf, afterSeconds: number): Promise<void> {
  await ctx.jobs.enqueue(crawlQueue, { tenantId: ctx.tenantId, ...crawl }, { afterSeconds });
}

/** Ends a crawl, well or not, and says when the next is due. A crawl that has ended before stays as it is. */
export async function endCrawl(
  ctx: TxCtx,
  crawl: CrawlOf,
  outcome: { notice?: string | null; failure?: CrawlFailure; message?: string } = {},
): Promise<void> {
  const row = await findRunning(ctx, crawl, { lock: true });
  if (!row) return;
  const { failure } = outcome;
  const ended = await changeSource(ctx, row.id, {
    status: failure ? "FAILED" : "READY",
    errorCode: failure ?? null,
    errorMessage: failure ? (outcome.message ?? failureTexts[failure]) : null,
    notice: outcome.notice ?? null,
    leaseHolder: null,
    leaseUntil: null,
    lastCrawledAt: ctx.now(),
    nextCrawlAt: nextCrawl(row.schedule, ctx.now()),
  });
  await announce(ctx, ended);
}

/** One interval later, a twentieth sooner or later: sources that were added together do not stay together. */
export function nextCrawl(schedule: SourceRow["schedule"], from: Date): Date | null {
  const interval = intervals[schedule];
  if (interval === null) return null;
  return new Date(from.getTime() + interval * (0.95 + Math.random() * 0.1));
}

export async function announce(ctx: TxCtx, source: Pick<SourceRow, "id" | "knowledgeBaseId">): Promise<void> {
  await emit(ctx, sourceChanged, {
    sourceId: source.id,
    knowledgeBaseId: source.knowledgeBaseId,
    deleted: false,
  });
}
