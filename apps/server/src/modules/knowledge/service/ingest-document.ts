import { and, eq, sql } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { detectLanguage, type Language } from "../../../platform/text/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { addToIndex, removeFromIndex } from "../../retrieval/index.ts";
import { EmbeddingFailed } from "../embedding/embedding-failed.ts";
import { withVectors } from "../embedding/with-vectors.ts";
import {
  type ChunkDraft,
  chunk,
  type Extraction,
  ExtractionError,
  type ExtractionPool,
} from "../extraction/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import {
  type DocumentRow,
  findDocument,
  findVersion,
  ordinalsOfOtherVersions,
} from "../knowledge.queries.ts";
import { chunks, documents, documentVersions } from "../knowledge.tables.ts";

/** Chunks a transaction writes: the embedded database serves others between two of them. */
const batchSize = 64;

/** One version of a document. */
interface VersionOf {
  documentId: string;
  version: number;
}

export interface IngestInput extends VersionOf {
  chunking: { chunkSize: number; overlap: number };
}

/**
 * Makes one version searchable: read, cut, embed, index, switch. Search sees the version whole from its
 * last step on and nothing of it before. A file that cannot be read makes the document FAILED with the
 * reason, and so does an embedding model that refuses for good; anything else is thrown, for the queue to
 * try again. Trying again starts afresh.
 */
export async function ingestDocument(ctx: Ctx, pool: ExtractionPool, input: IngestInput): Promise<void> {
  const source = await begin(ctx, input);
  if (!source) return; // deleted meanwhile, or done before
  try {
    const bytes = await ctx.blobs.get(source.blobKey);
    const extraction = await pool.extract({
      bytes,
      fileName: source.fileName,
      ...(source.mediaType ? { mediaType: source.mediaType } : {}),
    });
    await report(ctx, input, { stage: "chunking", progress: 20 });
    const drafts = chunk(extraction, input.chunking);
    if (drafts.length === 0) throw new ExtractionError("EMPTY_FILE", "The file has no text in it.");
    await keepText(ctx, input, extraction, sha256Hex(bytes));
    const language = detectLanguage(extraction.text);
    await indexInBatches(ctx, input, { ...source, language }, drafts);
    await finish(ctx, input, drafts.length, language);
  } catch (error) {
    if (error instanceof ExtractionError) await fail(ctx, input, error.code, error.message);
    else if (error instanceof EmbeddingFailed && !error.isPassing) await giveUp(ctx, input, error);
    else if (!(isAppError(error) && error.code === "NOT_FOUND" && (await isGone(ctx, input)))) throw error;
  }
}

/** After the last try: tells the owner why the document could not be made searchable. */
export async function giveUp(ctx: Ctx, input: VersionOf, error: unknown): Promise<void> {
  if (error instanceof EmbeddingFailed) {
    const remedy = "Then process the document again; or choose the built-in embedding model in the studio.";
    await fail(ctx, input, "EMBEDDING_FAILED", `${error.reason} ${remedy}`);
  } else await fail(ctx, input, "PROCESSING_FAILED", gaveUp);
}

const gaveUp = "Processing failed several times for a reason that is not in the file. Try again later.";

/** Marks the document FAILED: what went wrong and what to do, in words for its owner. */
export async function fail(ctx: Ctx, input: VersionOf, code: string, message: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    await forgetVersion(ctx, input);
    await change(ctx, input, {
      status: "FAILED",
      stage: null,
      errorCode: code,
      errorMessage: message,
      updatedAt: ctx.now(),
    });
  });
}

async function begin(ctx: Ctx, input: IngestInput) {
  return inTx(ctx, async (ctx) => {
    const known = await findDocument(ctx, input.documentId, { lock: true }).catch(() => null);
    // a job may come twice: what it made must not be taken from search and made again
    if (known && known.currentVersion !== null && known.currentVersion >= input.version) return null;
    const row = await change(ctx, input, { status: "PROCESSING", stage: "reading", progress: 5 });
    if (!row) return null;
    await forgetVersion(ctx, input);
    const version = await findVersion(ctx, input.documentId, input.version);
    return { ...version, name: row.name, knowledgeBaseId: row.knowledgeBaseId };
  });
}

/** Drops what an earlier try of this version left behind. */
async function forgetVersion(ctx: TxCtx, input: VersionOf): Promise<void> {
  const left = await ctx.tx
    .delete(chunks)
    .where(
      and(
        eq(chunks.tenantId, ctx.tenantId),
        eq(chunks.documentId, input.documentId),
        eq(chunks.version, input.version),
      ),
    )
    .returning({ knowledgeBaseId: chunks.knowledgeBaseId, ordinal: chunks.ordinal });
  const [first] = left;
  if (!first) return;
  await removeFromIndex(ctx, {
    knowledgeBaseId: first.knowledgeBaseId,
    ordinals: left.map((row) => row.ordinal),
  });
}

async function keepText(ctx: Ctx, input: IngestInput, extraction: Extraction, sha256: string): Promise<void> {
  await inTx(ctx, (ctx) =>
    ctx.tx
      .update(documentVersions)
      .set({
        text: extraction.text,
        title: extraction.title,
        pages: extraction.pages,
        mediaType: extraction.mediaType,
        sha256,
      })
      .where(
        and(
          eq(documentVersions.tenantId, ctx.tenantId),
          eq(documentVersions.documentId, input.documentId),
          eq(documentVersions.version, input.version),
        ),
      ),
  );
}

async function indexInBatches(
  ctx: Ctx,
  input: IngestInput,
  { name, knowledgeBaseId, language }: { name: string; knowledgeBaseId: string; language: Language },
  drafts: ChunkDraft[],
): Promise<void> {
  for (let at = 0; at < drafts.length; at += batchSize) {
    const batch = drafts.slice(at, at + batchSize).map((draft) => ({
      ...draft,
      title: name,
      language: detectLanguage(draft.text, language),
    }));
    const texts = batch.map((draft) => draft.text);
    await withVectors(ctx, { knowledgeBaseId, texts }, async (ctx, made) => {
      // the lock keeps a deletion of the document apart from the writing of its chunks
      const document = await findDocument(ctx, input.documentId, { lock: true });
      const { firstOrdinal } = await addToIndex(ctx, {
        knowledgeBaseId: document.knowledgeBaseId,
        texts: batch,
        ...made,
      });
      await ctx.tx.insert(chunks).values(
        batch.map((draft, index) => ({
          tenantId: ctx.tenantId,
          id: newId(),
          knowledgeBaseId: document.knowledgeBaseId,
          documentId: document.id,
          version: input.version,
          ordinal: firstOrdinal + index,
          position: draft.position,
          headingPath: draft.headingPath,
          page: draft.page,
          startOffset: draft.start,
          endOffset: draft.end,
          text: draft.text,
          language: draft.language,
          createdAt: ctx.now(),
        })),
      );
      const done = Math.min(at + batchSize, drafts.length);
      await change(ctx, input, {
        stage: "indexing",
        progress: 20 + Math.floor((done / drafts.length) * 79),
        updatedAt: ctx.now(),
      });
    });
  }
}

/** The one step from which on search finds this version and no other. */
async function finish(ctx: Ctx, input: IngestInput, chunkCount: number, language: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId, { lock: true });
    const replaced = await ordinalsOfOtherVersions(ctx, document.id, input.version);
    await removeFromIndex(ctx, { knowledgeBaseId: document.knowledgeBaseId, ordinals: replaced });
    await ctx.tx
      .delete(chunks)
      .where(
        and(
          eq(chunks.tenantId, ctx.tenantId),
          eq(chunks.documentId, document.id),
          sql`${chunks.version} <> ${input.version}`,
        ),
      );
    await change(ctx, input, {
      status: "PROCESSED",
      stage: null,
      progress: 100,
      currentVersion: input.version,
      chunkCount,
      language,
      errorCode: null,
      errorMessage: null,
      processedAt: ctx.now(),
      updatedAt: ctx.now(),
    });
  });
}

async function report(
  ctx: Ctx,
  input: IngestInput,
  state: { stage: NonNullable<DocumentRow["stage"]>; progress: number },
): Promise<void> {
  await inTx(ctx, (ctx) => change(ctx, input, { ...state, updatedAt: ctx.now() }));
}

/** Changes the document and tells whoever watches. Null when it was deleted. */
async function change(ctx: TxCtx, input: VersionOf, set: Partial<DocumentRow>): Promise<DocumentRow | null> {
  const [row] = await ctx.tx
    .update(documents)
    .set(set)
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, input.documentId)))
    .returning();
  if (!row) return null;
  await emit(ctx, documentChanged, {
    documentId: row.id,
    knowledgeBaseId: row.knowledgeBaseId,
    deleted: false,
  });
  return row;
}

async function isGone(ctx: Ctx, input: IngestInput): Promise<boolean> {
  const rows = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, input.documentId))),
  );
  return rows.length === 0;
}
