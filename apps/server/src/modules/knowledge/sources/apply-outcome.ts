import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { lockPlanOf } from "../../plans/index.ts";
import { findDocument } from "../knowledge.queries.ts";
import { documents } from "../knowledge.tables.ts";
import { removeDocument } from "../service/delete-document.ts";
import { replaceByStored } from "../service/renew-document.ts";
import { blobKeyOf, insertDocument, queueProcessing } from "../service/store-document.ts";
import { announce, type CrawlOf, findRunning, frontierOf } from "./crawl-state.ts";
import type { Outcome, PageContent } from "./read-page.ts";
import type { PageReason } from "./reasons.ts";
import {
  addPages,
  changePage,
  changeSource,
  countDocuments,
  findPage,
  findPageByUrl,
  findTwin,
  type PageRow,
  type SourceRow,
} from "./sources.queries.ts";

/** Links from the start page past which a site is taken to be endless. */
const maxDepth = 30;
const maxAttempts = 3;
/** Seconds before the second and third try of a page. */
const retrySeconds = [2, 8];
const maxRetryAfterSeconds = 60;

type Content = Extract<Outcome, { kind: "content" }>;

/** Writes down what a visit came to: the page, its document, the links that it adds. All or nothing. */
export async function applyOutcome(ctx: Ctx, crawl: CrawlOf, page: PageRow, outcome: Outcome): Promise<void> {
  if (outcome.kind !== "content" || isSame(page, outcome.content)) {
    await inPage(ctx, crawl, page, (ctx, source, page) =>
      outcome.kind === "content"
        ? keepUnchanged(ctx, source, page, outcome)
        : record(ctx, source, page, outcome),
    );
    return;
  }
  const { content } = outcome;
  const documentId = newId();
  const blobKey = blobKeyOf(ctx.tenantId, documentId, 1);
  await ctx.blobs.put(blobKey, content.bytes, { contentType: content.mediaType });
  let isUsed = false;
  try {
    await inPage(
      ctx,
      crawl,
      page,
      async (ctx, source, page) => {
        isUsed = await keep(ctx, source, page, outcome, { documentId, blobKey });
      },
      { mayAdd: true },
    );
  } catch (error) {
    isUsed = false;
    throw error;
  } finally {
    if (!isUsed) await ctx.blobs.delete(blobKey);
  }
}

function isSame(page: PageRow, content: PageContent): boolean {
  return page.documentId !== null && page.url === content.url && page.contentHash === content.contentHash;
}

/** One transaction on a page that still waits for this visit, in a crawl that still runs. */
async function inPage(
  ctx: Ctx,
  crawl: CrawlOf,
  visited: PageRow,
  work: (ctx: TxCtx, source: SourceRow, page: PageRow) => Promise<void>,
  options: { mayAdd?: true } = {},
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    if (options.mayAdd) await lockPlanOf(ctx); // the plan's lock comes before every other
    const source = await findRunning(ctx, crawl, { lock: true });
    const page = source && (await findPage(ctx, visited));
    if (!source || page?.state !== "pending") return;
    await work(ctx, source, page);
    await announce(ctx, source);
  });
}

async function keepUnchanged(ctx: TxCtx, source: SourceRow, page: PageRow, outcome: Content): Promise<void> {
  const { etag, lastModified } = outcome.content;
  await settle(ctx, page, { state: "kept", reason: null, etag, lastModified, misses: 0 });
  await clearStrikes(ctx, source);
  await follow(ctx, source, page, outcome.links);
}

/** Whether the stored bytes became a document, or a version of one. */
async function keep(
  ctx: TxCtx,
  source: SourceRow,
  page: PageRow,
  { content, links }: Content,
  stored: { documentId: string; blobKey: string },
): Promise<boolean> {
  await clearStrikes(ctx, source);
  await follow(ctx, source, page, links);
  const target = await ownPageOf(ctx, source, page, content.url);
  if (!target) return false;
  const twin = await findTwin(ctx, target, content.contentHash);
  if (twin) {
    await leaveOut(ctx, target, "DUPLICATE");
    return false;
  }
  const { contentHash, etag, lastModified } = content;
  const found = { state: "kept", reason: null, misses: 0, contentHash, etag, lastModified } as const;
  const name = content.title.slice(0, 255);
  const file = { blobKey: stored.blobKey, fileName: content.fileName };
  if (target.documentId === null) {
    // there is more than the limit allows: it stays waiting, and the crawl's end says so
    if ((await countDocuments(ctx, source.id)) >= source.maxPages) return false;
    const document = await insertDocument(ctx, {
      id: stored.documentId,
      knowledgeBaseId: source.knowledgeBaseId,
      name,
      sourceType: "WEB_PAGE",
      sourceId: source.id,
      url: content.url,
      mediaType: content.mediaType,
      size: content.bytes.byteLength,
      ...file,
    });
    await settle(ctx, target, { ...found, documentId: document.id });
    await queueProcessing(ctx, document, 1);
    return true;
  }
  if (target.contentHash === contentHash) {
    await settle(ctx, target, found);
    return false;
  }
  const { status } = await findDocument(ctx, target.documentId);
  if (status === "PENDING" || status === "PROCESSING") {
    // the version before is still being read: the hash that is kept makes the next crawl look again
    await settle(ctx, target, { state: "kept", reason: null, misses: 0, etag: null, lastModified: null });
    return false;
  }
  await ctx.tx
    .update(documents)
    .set({ name, url: content.url })
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, target.documentId)));
  await settle(ctx, target, found);
  await replaceByStored(ctx, target.documentId, {
    ...file,
    mediaType: content.mediaType,
    size: content.bytes.byteLength,
  });
  return true;
}

/**
 * The page whose address the content is: after a redirect or a canonical link it is another than the one that was
 * asked for, which then is only a second name of it and hands its document over. Null when the other has been
 * visited in this crawl.
 */
async function ownPageOf(ctx: TxCtx, source: SourceRow, page: PageRow, url: string): Promise<PageRow | null> {
  if (url === page.url) return page;
  await addPages(ctx, source.id, [url], { depth: page.depth, room: frontierOf(source) + 1 });
  const own = await findPageByUrl(ctx, source.id, url);
  if (!own) return page;
  if (own.reason === "DELETED_BY_OWNER" || own.state !== "pending") {
    if (own.state === "failed") return page; // its own address does not work: this one does
    await leaveOut(ctx, page, "ALIAS");
    return null;
  }
  if (own.documentId !== null || page.documentId === null) {
    await leaveOut(ctx, page, "ALIAS");
    return own;
  }
  const { documentId, contentHash } = page;
  await settle(ctx, page, { state: "skipped", reason: "ALIAS", documentId: null, contentHash: null });
  await changePage(ctx, own, { documentId, contentHash });
  return { ...own, documentId, contentHash };
}

async function record(
  ctx: TxCtx,
  source: SourceRow,
  page: PageRow,
  outcome: Exclude<Outcome, Content>,
): Promise<void> {
  if (outcome.kind !== "trouble") await clearStrikes(ctx, source);
  switch (outcome.kind) {
    case "unchanged":
      await settle(ctx, page, { state: "kept", reason: null, misses: 0 });
      return;
    case "left out":
      await follow(ctx, source, page, outcome.links ?? []);
      await leaveOut(ctx, page, outcome.reason, outcome.status);
      return;
    case "gone":
      // a front page that is missing says more of the site's state than of its pages
      if (page.url === source.url && source.kind === "site" && page.documentId !== null) {
        await settle(ctx, page, { state: "failed", reason: "GONE", httpStatus: outcome.status });
      } else {
        await drop(ctx, page);
        await settle(ctx, page, {
          state: "failed",
          reason: "GONE",
          httpStatus: outcome.status,
          ...missed(page),
        });
      }
      return;
    case "moved": {
      await follow(ctx, source, page, outcome.links ?? []);
      // a front page that leads away says more of the site's state than of its pages
      const isAgain = page.misses > 0 && (page.url !== source.url || outcome.reason === "ALIAS");
      if (isAgain) await drop(ctx, page);
      const left = isAgain ? { documentId: null, contentHash: null } : {};
      await settle(ctx, page, { state: "failed", reason: outcome.reason, misses: page.misses + 1, ...left });
      return;
    }
    case "trouble":
      await recordTrouble(ctx, source, page, outcome);
  }
}

async function recordTrouble(
  ctx: TxCtx,
  source: SourceRow,
  page: PageRow,
  outcome: Extract<Outcome, { kind: "trouble" }>,
): Promise<void> {
  const { reason, status, retry } = outcome;
  const attempts = page.attempts + 1;
  if (retry && attempts < maxAttempts) {
    const asked = Math.min(outcome.retryAfterSeconds ?? 0, maxRetryAfterSeconds);
    const seconds = Math.max(asked, retrySeconds[attempts - 1] ?? 0);
    const retryAt = new Date(ctx.now().getTime() + seconds * 1000);
    await changePage(ctx, page, { attempts, retryAt, reason, httpStatus: status ?? null });
    return;
  }
  await settle(ctx, page, {
    state: "failed",
    reason,
    attempts,
    httpStatus: status ?? null,
    ...(page.documentId === null ? { misses: page.misses + 1 } : {}),
  });
  if (retry) await changeSource(ctx, source.id, { strikes: source.strikes + 1 });
}

/** The page is there and is no document any more. */
async function leaveOut(ctx: TxCtx, page: PageRow, reason: PageReason, status?: number): Promise<void> {
  await drop(ctx, page);
  await settle(ctx, page, { state: "skipped", reason, httpStatus: status ?? null, ...missed(page) });
}

function missed(page: PageRow): Partial<PageRow> {
  return { documentId: null, contentHash: null, etag: null, lastModified: null, misses: page.misses + 1 };
}

async function drop(ctx: TxCtx, page: PageRow): Promise<void> {
  if (page.documentId === null) return;
  try {
    await removeDocument(ctx, page.documentId);
  } catch (error) {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
  }
}

async function settle(ctx: TxCtx, page: PageRow, set: Partial<PageRow>): Promise<void> {
  const { documentId = page.documentId } = set;
  if (set.state === "kept" && documentId !== null) await renewDocument(ctx, documentId);
  await changePage(ctx, page, { httpStatus: null, ...set, retryAt: null, visitedAt: ctx.now() });
}

/** The site says today what the document says: it is as fresh as can be. */
async function renewDocument(ctx: TxCtx, documentId: string): Promise<void> {
  await ctx.tx
    .update(documents)
    .set({ refreshedAt: ctx.now() })
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, documentId)));
}

async function clearStrikes(ctx: TxCtx, source: SourceRow): Promise<void> {
  if (source.strikes > 0) await changeSource(ctx, source.id, { strikes: 0 });
}

async function follow(ctx: TxCtx, source: SourceRow, page: PageRow, links: string[]): Promise<void> {
  if (page.depth >= maxDepth || links.length === 0) return;
  const leftOut = await addPages(ctx, source.id, links, { depth: page.depth + 1, room: frontierOf(source) });
  if (leftOut > 0 && source.notice === null) await changeSource(ctx, source.id, { notice: "LIMIT_REACHED" });
}
