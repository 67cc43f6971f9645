import { setImmediate } from "node:timers/promises";
import { ne } from "drizzle-orm";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { type ChunkTerms, chunkTerms, type IndexedText } from "./analysis.ts";
import { Caches, type IndexContext } from "./caches.ts";
import { FORMAT } from "./lexical/codec.ts";
import { type Run, replaceSegments, runOf } from "./lexical/replace-segments.ts";
import { invert, type SegmentRow, segmentRows } from "./lexical/segment.ts";
import { isUpToDate, withSnapshot } from "./lexical/snapshot.ts";
import { enqueueMergeIfDue } from "./merge-index.ts";
import { searchSegments } from "./retrieval.tables.ts";

/** The event loop gets a turn after so many chunks. */
const CHUNKS_A_TURN = 16;

const NOTHING: ChunkTerms = { text: [], title: [], headings: [] };

/** The texts of chunks by ordinal; in the transaction that it is given. */
export type TextsOf = (ctx: IndexContext, ordinals: number[]) => Promise<ReadonlyMap<number, IndexedText>>;

/** Knowledge bases with segments that an earlier release wrote, of every tenant: a system query. */
export async function outdatedIndexes(db: Db): Promise<{ tenantId: string; knowledgeBaseId: string }[]> {
  return db
    .system()
    .selectDistinct({ tenantId: searchSegments.tenantId, knowledgeBaseId: searchSegments.knowledgeBaseId })
    .from(searchSegments)
    .where(ne(searchSegments.format, FORMAT));
}

/**
 * Writes one segment of an earlier release anew from its chunks' texts; returns false once there is none. The
 * index is searched all the while: each segment is replaced in one transaction, whose chunks keep their ordinals
 * and vectors. Safe to run at any time, by any number; for a knowledge base that was deleted there is nothing to do.
 */
export async function renewIndex(
  ctx: Pick<Ctx, "db" | "tenantId" | "jobs">,
  input: { knowledgeBaseId: string; textsOf: TextsOf },
): Promise<boolean> {
  try {
    const outdated = await inTx(ctx, (tx) => readOutdated(tx, input));
    if (!outdated) return false;
    const rows = await renewedRows(outdated);
    await inTx(ctx, async (tx) => {
      await replaceSegments(tx, input.knowledgeBaseId, outdated.run, rows);
      await enqueueMergeIfDue({ ...ctx, ...tx }, input.knowledgeBaseId);
    });
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return false;
    throw error;
  }
}

interface Outdated {
  run: Run;
  texts: ReadonlyMap<number, IndexedText>;
}

async function readOutdated(
  ctx: IndexContext,
  { knowledgeBaseId, textsOf }: { knowledgeBaseId: string; textsOf: TextsOf },
): Promise<Outdated | null> {
  const run = await withSnapshot(ctx, new Caches(), knowledgeBaseId, async (snapshot) => {
    const segment = snapshot.segments.find((segment) => !isUpToDate(segment));
    return segment ? runOf(snapshot, [segment]) : null;
  });
  if (!run) return null;
  const live = run.lengths.text.flatMap((length, i) => (length > 0 ? [run.firstOrdinal + i] : []));
  return { run, texts: await textsOf(ctx, live) };
}

async function renewedRows({ run, texts }: Outdated): Promise<SegmentRow[]> {
  const terms: ChunkTerms[] = [];
  for (const i of run.lengths.text.keys()) {
    const text = texts.get(run.firstOrdinal + i);
    terms.push(text ? chunkTerms(text) : NOTHING);
    if (i % CHUNKS_A_TURN === 0) await setImmediate();
  }
  const inverted = invert(terms, run.firstOrdinal);
  const wasLive = (i: number): boolean => (run.lengths.text[i] ?? 0) > 0;
  inverted.lengths.text = inverted.lengths.text.map((length, i) => (wasLive(i) ? length : 0));
  return [...segmentRows(inverted)];
}
