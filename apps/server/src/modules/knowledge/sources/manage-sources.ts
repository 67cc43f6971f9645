import { and, asc, count, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { sourceChanged } from "../knowledge.events.ts";
import { holdKnowledgeBase } from "../knowledge.queries.ts";
import { knowledgeSources, sourcePages } from "../knowledge.tables.ts";
import { removeDocumentsOf } from "../service/delete-document.ts";
import { announce, beginCrawl, isRunning, nextCrawl } from "./crawl-state.ts";
import {
  changeSource,
  describeSources,
  findSource,
  listSourceRows,
  ofSource,
  type SourceRow,
} from "./sources.queries.ts";
import type {
  addSourceSchema,
  KnowledgeSource,
  listPagesSchema,
  updateSourceSchema,
} from "./sources.schema.ts";
import { pageUrl } from "./urls.ts";

/** Sources that one knowledge base may have. */
const maxSources = 100;

interface SourceOf {
  knowledgeBaseId: string;
  sourceId: string;
}

/**
 * Adds a web page or site and begins to read it. Throws ADDRESS_NOT_ALLOWED for an address that leads inside, and
 * CONFLICT for one that is a source already.
 */
export async function addWebSource(
  ctx: Ctx,
  input: z.infer<typeof addSourceSchema> & { knowledgeBaseId: string },
): Promise<KnowledgeSource> {
  assertCan(ctx.actor, "manage knowledge");
  const url = await checkedUrl(ctx, input.url);
  return inTx(ctx, async (ctx) => {
    await holdKnowledgeBase(ctx, input.knowledgeBaseId);
    const others = await listSourceRows(ctx, input.knowledgeBaseId);
    assertNew(others, { url, kind: input.kind });
    if (others.length >= maxSources) {
      throw new AppError(
        "VALIDATION_ERROR",
        `A bot can have ${maxSources} web sources at most. Remove one first.`,
      );
    }
    const at = ctx.now();
    const [row] = await ctx.tx
      .insert(knowledgeSources)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        knowledgeBaseId: input.knowledgeBaseId,
        kind: input.kind,
        url,
        schedule: input.schedule,
        maxPages: input.kind === "page" ? 1 : input.maxPages,
        includePaths: input.includePaths,
        excludePaths: input.excludePaths,
        status: "QUEUED",
        crawl: 0,
        createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The source was not written.");
    await audit(ctx, "source.added", row);
    return describe(ctx, await beginCrawl(ctx, row));
  });
}

export async function listSources(ctx: Ctx, input: { knowledgeBaseId: string }): Promise<KnowledgeSource[]> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => describeSources(ctx, await listSourceRows(ctx, input.knowledgeBaseId)));
}

/** Reads the source again now. Throws CONFLICT while it is being read. */
export async function refreshSource(ctx: Ctx, input: SourceOf): Promise<KnowledgeSource> {
  assertCan(ctx.actor, "manage knowledge");
  return inTx(ctx, async (ctx) => {
    const source = await findSource(ctx, input, { lock: true });
    if (isRunning(source)) throw new AppError("CONFLICT", "The source is being read. Wait until it is done.");
    await audit(ctx, "source.refreshed", source);
    return describe(ctx, await beginCrawl(ctx, source));
  });
}

/**
 * Changes what a source reads and when. Another address, limit or path makes it read at once, in place of a crawl
 * that may be running; pages that no longer belong to it go with that crawl.
 */
export async function updateSource(
  ctx: Ctx,
  input: SourceOf & { change: z.infer<typeof updateSourceSchema> },
): Promise<KnowledgeSource> {
  assertCan(ctx.actor, "manage knowledge");
  const { change } = input;
  const url = change.url === undefined ? undefined : await checkedUrl(ctx, change.url);
  return inTx(ctx, async (ctx) => {
    const before = await findSource(ctx, input, { lock: true });
    if (url !== undefined && url !== before.url) {
      const others = await listSourceRows(ctx, input.knowledgeBaseId);
      assertNew(others, { url, kind: before.kind });
    }
    const schedule = change.schedule ?? before.schedule;
    const reads = {
      url: url ?? before.url,
      maxPages: before.kind === "page" ? 1 : (change.maxPages ?? before.maxPages),
      includePaths: change.includePaths ?? before.includePaths,
      excludePaths: change.excludePaths ?? before.excludePaths,
    };
    const isOther = JSON.stringify(reads) !== JSON.stringify(readsOf(before));
    const isScheduled = schedule !== before.schedule && !isRunning(before);
    const row = await changeSource(ctx, before.id, {
      ...reads,
      schedule,
      ...(isScheduled ? { nextCrawlAt: nextCrawl(schedule, ctx.now()) } : {}),
    });
    await audit(ctx, "source.updated", row, before);
    if (isOther) return describe(ctx, await beginCrawl(ctx, row));
    await announce(ctx, row);
    return describe(ctx, row);
  });
}

/** With all its documents: from the moment this returns no search finds them. A crawl that runs ends by itself. */
export async function deleteSource(ctx: Ctx, input: SourceOf): Promise<void> {
  assertCan(ctx.actor, "manage knowledge");
  await inTx(ctx, async (ctx) => {
    const source = await findSource(ctx, input, { lock: true });
    await removeDocumentsOf(ctx, source);
    await ctx.tx
      .delete(knowledgeSources)
      .where(and(eq(knowledgeSources.tenantId, ctx.tenantId), eq(knowledgeSources.id, source.id)));
    await audit(ctx, "source.deleted", source);
    const { knowledgeBaseId } = source;
    await emit(ctx, sourceChanged, { sourceId: source.id, knowledgeBaseId, deleted: true });
  });
}

/** The addresses that a source found, newest visits last, by what became of them. */
export async function listSourcePages(ctx: Ctx, input: SourceOf & z.infer<typeof listPagesSchema>) {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const source = await findSource(ctx, input);
    const where = and(ofSource(ctx, source.id), input.state ? eq(sourcePages.state, input.state) : undefined);
    const [total] = await ctx.tx.select({ n: count() }).from(sourcePages).where(where);
    const items = await ctx.tx
      .select()
      .from(sourcePages)
      .where(where)
      .orderBy(asc(sourcePages.depth), asc(sourcePages.id))
      .limit(input.pageSize)
      .offset((input.page - 1) * input.pageSize);
    return { items, total: total?.n ?? 0 };
  });
}

function readsOf({ url, maxPages, includePaths, excludePaths }: SourceRow) {
  return { url, maxPages, includePaths, excludePaths };
}

async function checkedUrl(ctx: Ctx, text: string): Promise<string> {
  // "example.org:8080/docs" names a port, not a scheme
  const withScheme = /^[a-z][a-z\d+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`;
  await ctx.outbound.assertAllowed(withScheme);
  const url = pageUrl(withScheme);
  if (url === null) {
    throw new AppError(
      "VALIDATION_ERROR",
      "This is not a page's address: its path is too long or repeats itself.",
    );
  }
  return url;
}

function assertNew(others: SourceRow[], { url, kind }: Pick<SourceRow, "url" | "kind">): void {
  if (others.some((other) => other.url === url && other.kind === kind)) {
    throw new AppError(
      "CONFLICT",
      "This address is a source of the bot already. Refresh or change that one.",
    );
  }
}

async function describe(ctx: TxCtx, row: SourceRow): Promise<KnowledgeSource> {
  const [source] = await describeSources(ctx, [row]);
  if (!source) throw new AppError("INTERNAL", "The source was not described.");
  return source;
}

async function audit(ctx: TxCtx, action: string, source: SourceRow, before?: SourceRow): Promise<void> {
  const facts = (row: SourceRow) => ({ ...readsOf(row), schedule: row.schedule });
  await recordAudit(ctx, {
    action,
    subjectType: "source",
    subjectId: source.id,
    ...(before ? { before: facts(before) } : {}),
    after: facts(source),
  });
}
