import { and, count, desc, eq, ilike, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { containing } from "../../../platform/db/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { freshAt, freshAtSql, isOlderThan, isStaleSql } from "../freshness.ts";
import { isConfirmed, toDocument } from "../knowledge.queries.ts";
import type { ListedDocument, listDocumentsSchema } from "../knowledge.schema.ts";
import { documents, knowledgeBases } from "../knowledge.tables.ts";

/** A page of documents, the newest first or the oldest content first; of one knowledge base or of all. */
export async function pageDocuments(
  ctx: Ctx,
  input: { knowledgeBaseId: string | null } & z.infer<typeof listDocumentsSchema>,
): Promise<{ items: ListedDocument[]; total: number }> {
  assertCan(ctx.actor, "read bots");
  const { page, pageSize, sort } = input;
  const { rows, total, now } = await inTx(ctx, async (ctx) => {
    const now = ctx.now();
    const where = and(eq(documents.tenantId, ctx.tenantId), isConfirmed, ...conditions(input, now));
    const ofBase = and(
      eq(knowledgeBases.tenantId, documents.tenantId),
      eq(knowledgeBases.id, documents.knowledgeBaseId),
    );
    const [totals] = await ctx.tx
      .select({ n: count() })
      .from(documents)
      .innerJoin(knowledgeBases, ofBase)
      .where(where);
    const rows = await ctx.tx
      .select({ document: documents, staleAfterDays: knowledgeBases.staleAfterDays })
      .from(documents)
      .innerJoin(knowledgeBases, ofBase)
      .where(where)
      .orderBy(
        ...(sort === "oldest" ? [freshAtSql, documents.id] : [desc(documents.createdAt), desc(documents.id)]),
      )
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { rows, total: totals?.n ?? 0, now };
  });
  const items = rows.map(({ document, staleAfterDays }) => ({
    ...toDocument(document),
    isStale: document.currentVersion !== null && isOlderThan(freshAt(document), staleAfterDays, now),
  }));
  return { items, total };
}

function conditions(
  { knowledgeBaseId, search, status, stale }: Parameters<typeof pageDocuments>[1],
  now: Date,
) {
  return [
    knowledgeBaseId === null ? undefined : eq(documents.knowledgeBaseId, knowledgeBaseId),
    search
      ? or(ilike(documents.name, containing(search)), ilike(documents.url, containing(search)))
      : undefined,
    status ? eq(documents.status, status) : undefined,
    stale === undefined ? undefined : stale ? isStaleSql(now) : sql`not (${isStaleSql(now)})`,
  ];
}
