import { and, asc, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { freshAt, isOlderThan } from "../freshness.ts";
import { documents, documentVersions, knowledgeBases } from "../knowledge.tables.ts";

/** A version of a document, as a passage or a citation names it. */
export interface VersionOfDocument {
  documentId: string;
  version: number;
}

export type SourceState = "current" | "replaced" | "removed";

export interface SourceStanding {
  state: SourceState;
  /** How old the content is: of the document as it is now; null when it is gone. */
  updatedAt: Date | null;
  /** Older than its owner wants documents to be. */
  isStale: boolean;
}

/**
 * How old each of these documents is; null as soon as one of the versions is no longer the one that is searched. With
 * `hold` none of them can be deleted or replaced before the transaction ends.
 */
export async function agesOfSources(
  ctx: TxCtx,
  sources: readonly VersionOfDocument[],
  options: { hold?: boolean } = {},
): Promise<Map<string, { updatedAt: Date; isStale: boolean }> | null> {
  const ids = [...new Set(sources.map(({ documentId }) => documentId))];
  if (ids.length === 0) return new Map();
  const query = ctx.tx
    .select({ document: documents, staleAfterDays: knowledgeBases.staleAfterDays })
    .from(documents)
    .innerJoin(knowledgeBases, ofItsBase())
    .where(and(eq(documents.tenantId, ctx.tenantId), inArray(documents.id, ids)))
    .orderBy(asc(documents.id)); // all lock them in this order
  const rows = options.hold ? await query.for("key share", { of: documents }) : await query;
  const versions = new Map(rows.map(({ document }) => [document.id, document.currentVersion]));
  if (!sources.every(({ documentId, version }) => versions.get(documentId) === version)) return null;
  return new Map(
    rows.map(({ document, staleAfterDays }) => {
      const updatedAt = freshAt(document);
      return [document.id, { updatedAt, isStale: isOlderThan(updatedAt, staleAfterDays, ctx.now()) }];
    }),
  );
}

/** What became of versions that were cited, by `documentId/version`. Read again with the same bytes, one still stands. */
export async function standingOfSources(
  ctx: TxCtx,
  cited: readonly VersionOfDocument[],
): Promise<Map<string, SourceStanding>> {
  const ids = [...new Set(cited.map(({ documentId }) => documentId))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ document: documents, staleAfterDays: knowledgeBases.staleAfterDays })
    .from(documents)
    .innerJoin(knowledgeBases, ofItsBase())
    .where(and(eq(documents.tenantId, ctx.tenantId), inArray(documents.id, ids)));
  const versions = await ctx.tx
    .select({
      documentId: documentVersions.documentId,
      version: documentVersions.version,
      sha256: documentVersions.sha256,
    })
    .from(documentVersions)
    .where(and(eq(documentVersions.tenantId, ctx.tenantId), inArray(documentVersions.documentId, ids)));
  const byId = new Map(rows.map((row) => [row.document.id, row]));
  const hashes = new Map(versions.map((row) => [keyOfSource(row), row.sha256]));
  return new Map(
    cited.map((source): [string, SourceStanding] => {
      const found = byId.get(source.documentId);
      const key = keyOfSource(source);
      if (!found) return [key, { state: "removed", updatedAt: null, isStale: false }];
      const { document, staleAfterDays } = found;
      const { documentId, version } = source;
      const current = document.currentVersion;
      const hash = hashes.get(key) ?? null;
      const isSame =
        current === version ||
        (current !== null &&
          hash !== null &&
          hash === hashes.get(keyOfSource({ documentId, version: current })));
      const updatedAt = freshAt(document);
      const isStale = isSame && isOlderThan(updatedAt, staleAfterDays, ctx.now());
      return [key, { state: isSame ? "current" : "replaced", updatedAt, isStale }];
    }),
  );
}

const ofItsBase = () =>
  and(eq(knowledgeBases.tenantId, documents.tenantId), eq(knowledgeBases.id, documents.knowledgeBaseId));

export function keyOfSource({ documentId, version }: VersionOfDocument): string {
  return `${documentId}/${version}`;
}
