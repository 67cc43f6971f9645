import { and, asc, eq, inArray, lt, lte, notInArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { knowledgeSources } from "../knowledge.tables.ts";
import { beginCrawl, isRunning, lookAgain } from "./crawl-state.ts";
import { changeSource, findSource } from "./sources.queries.ts";

/** A crawl that runs shows it more often than this, unless its job was lost. */
const silenceMs = 15 * 60_000;
const running = ["QUEUED", "CRAWLING"] as const;

/** Begins the crawls of the tenant that are due, and wakes those whose job was lost. For the clock's job. */
export async function startDueCrawls(ctx: Ctx): Promise<void> {
  const silentSince = new Date(ctx.now().getTime() - silenceMs);
  const { due, silent } = await inTx(ctx, async (ctx) => {
    const ofTenant = eq(knowledgeSources.tenantId, ctx.tenantId);
    const isDue = and(
      lte(knowledgeSources.nextCrawlAt, ctx.now()),
      notInArray(knowledgeSources.status, [...running]),
    );
    const isSilent = and(
      inArray(knowledgeSources.status, [...running]),
      lt(knowledgeSources.updatedAt, silentSince),
    );
    const find = (condition: typeof isDue) =>
      ctx.tx
        .select({ id: knowledgeSources.id })
        .from(knowledgeSources)
        .where(and(ofTenant, condition))
        .orderBy(asc(knowledgeSources.nextCrawlAt), asc(knowledgeSources.id));
    return { due: await find(isDue), silent: await find(isSilent) };
  });
  // each in a transaction of its own, and looked at again: another process may have been here first
  for (const { id } of due) {
    await inTx(ctx, async (ctx) => {
      const source = await findSource(ctx, { sourceId: id }, { lock: true }).catch(() => null);
      if (source?.nextCrawlAt && source.nextCrawlAt <= ctx.now() && !isRunning(source)) {
        await beginCrawl(ctx, source);
      }
    });
  }
  for (const { id } of silent) {
    await inTx(ctx, async (ctx) => {
      const source = await findSource(ctx, { sourceId: id }, { lock: true }).catch(() => null);
      if (!source || !isRunning(source) || source.updatedAt >= silentSince) return;
      await changeSource(ctx, id, {});
      await lookAgain(ctx, { sourceId: id, crawl: source.crawl }, 0);
    });
  }
}
