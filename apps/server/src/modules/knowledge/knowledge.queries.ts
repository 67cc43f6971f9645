import { and, asc, count, desc, eq, exists, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { freshAt } from "./freshness.ts";
import type { KnowledgeDocument } from "./knowledge.schema.ts";
import { chunks, documents, documentVersions, knowledgeBases } from "./knowledge.tables.ts";

export type DocumentRow = typeof documents.$inferSelect;
export type VersionRow = typeof documentVersions.$inferSelect;

export function toDocument(row: DocumentRow): KnowledgeDocument {
  const { tenantId: _tenant, currentVersion: _version, createdBy: _by, ...document } = row;
  return { ...document, refreshedAt: freshAt(row) };
}

/** An upload that was announced but never confirmed is not shown: it has no stage yet. */
export const isConfirmed = or(ne(documents.status, "PENDING"), isNotNull(documents.stage));

export async function findDocument(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<DocumentRow> {
  const query = ctx.tx
    .select()
    .from(documents)
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The document");
  return row;
}

export async function listDocuments(ctx: TxCtx, knowledgeBaseId: string): Promise<DocumentRow[]> {
  return ctx.tx
    .select()
    .from(documents)
    .where(
      and(eq(documents.tenantId, ctx.tenantId), eq(documents.knowledgeBaseId, knowledgeBaseId), isConfirmed),
    )
    .orderBy(desc(documents.createdAt), desc(documents.id));
}

/**
 * Throws NOT_FOUND for a knowledge base that is gone, as its bot may be since the caller found it. It cannot go
 * before this transaction ends.
 */
export async function holdKnowledgeBase(ctx: TxCtx, id: string): Promise<void> {
  const [row] = await ctx.tx
    .select({ id: knowledgeBases.id })
    .from(knowledgeBases)
    .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, id)))
    .for("key share");
  if (!row) throw notFound("The knowledge base");
}

/** Every document of the knowledge base, in an order in which all lock them. */
export async function lockDocuments(ctx: TxCtx, knowledgeBaseId: string): Promise<{ id: string }[]> {
  return ctx.tx
    .select({ id: documents.id })
    .from(documents)
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.knowledgeBaseId, knowledgeBaseId)))
    .orderBy(asc(documents.id))
    .for("update");
}

export type StatusCounts = Record<DocumentRow["status"], number>;

/** The condition that a knowledge base holds a document of one of these statuses, for queries of others' tables. */
export function holdsDocuments(
  ctx: TxCtx,
  knowledgeBaseId: AnyPgColumn,
  statuses: DocumentRow["status"][],
): SQL {
  return exists(
    ctx.tx
      .select({ one: sql`1` })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, ctx.tenantId),
          eq(documents.knowledgeBaseId, knowledgeBaseId),
          inArray(documents.status, statuses),
          isConfirmed,
        ),
      ),
  );
}

/** How many documents of each status the knowledge bases hold. */
export async function countByStatus(
  ctx: TxCtx,
  knowledgeBaseIds: string[],
): Promise<Map<string, StatusCounts>> {
  const counts = new Map<string, StatusCounts>(
    knowledgeBaseIds.map((id) => [id, { PENDING: 0, PROCESSING: 0, PROCESSED: 0, FAILED: 0 }]),
  );
  if (knowledgeBaseIds.length === 0) return counts;
  const rows = await ctx.tx
    .select({ id: documents.knowledgeBaseId, status: documents.status, n: count() })
    .from(documents)
    .where(
      and(
        eq(documents.tenantId, ctx.tenantId),
        inArray(documents.knowledgeBaseId, knowledgeBaseIds),
        isConfirmed,
      ),
    )
    .groupBy(documents.knowledgeBaseId, documents.status);
  for (const row of rows) {
    const of = counts.get(row.id);
    if (of) of[row.status] = row.n;
  }
  return counts;
}

export async function findVersion(ctx: TxCtx, documentId: string, version: number): Promise<VersionRow> {
  const [row] = await ctx.tx
    .select()
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.tenantId, ctx.tenantId),
        eq(documentVersions.documentId, documentId),
        eq(documentVersions.version, version),
      ),
    );
  if (!row) throw notFound("The version of the document");
  return row;
}

export async function latestVersion(ctx: TxCtx, documentId: string): Promise<VersionRow> {
  const [row] = await ctx.tx
    .select()
    .from(documentVersions)
    .where(and(eq(documentVersions.tenantId, ctx.tenantId), eq(documentVersions.documentId, documentId)))
    .orderBy(desc(documentVersions.version))
    .limit(1);
  if (!row) throw notFound("The version of the document");
  return row;
}

export async function listChunks(
  ctx: TxCtx,
  documentId: string,
  version: number,
  { offset, limit }: { offset: number; limit: number },
) {
  return ctx.tx
    .select()
    .from(chunks)
    .where(
      and(eq(chunks.tenantId, ctx.tenantId), eq(chunks.documentId, documentId), eq(chunks.version, version)),
    )
    .orderBy(asc(chunks.position))
    .offset(offset)
    .limit(limit);
}

/** Every chunk of the document but those of `keepVersion`. */
export async function ordinalsOfOtherVersions(
  ctx: TxCtx,
  documentId: string,
  keepVersion: number | null,
): Promise<number[]> {
  const rows = await ctx.tx
    .select({ ordinal: chunks.ordinal })
    .from(chunks)
    .where(
      and(
        eq(chunks.tenantId, ctx.tenantId),
        eq(chunks.documentId, documentId),
        keepVersion === null ? sql`true` : ne(chunks.version, keepVersion),
      ),
    );
  return rows.map((row) => row.ordinal);
}

/** Chunks by ordinal, of versions that are current: what is being written or was replaced is not found. */
export async function findPassages(ctx: TxCtx, knowledgeBaseId: string, ordinals: number[]) {
  if (ordinals.length === 0) return [];
  return ctx.tx
    .select({
      chunkId: chunks.id,
      ordinal: chunks.ordinal,
      documentId: chunks.documentId,
      documentName: documents.name,
      version: chunks.version,
      headingPath: chunks.headingPath,
      page: chunks.page,
      startOffset: chunks.startOffset,
      endOffset: chunks.endOffset,
      text: chunks.text,
      language: chunks.language,
    })
    .from(chunks)
    .innerJoin(
      documents,
      and(
        eq(documents.tenantId, chunks.tenantId),
        eq(documents.id, chunks.documentId),
        eq(documents.currentVersion, chunks.version),
      ),
    )
    .where(
      and(
        eq(chunks.tenantId, ctx.tenantId),
        eq(chunks.knowledgeBaseId, knowledgeBaseId),
        inArray(chunks.ordinal, ordinals),
      ),
    );
}
