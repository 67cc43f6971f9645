import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type IndexedText, outdatedIndexes, renewIndex as renewNext } from "../../retrieval/index.ts";
import { renewIndexQueue } from "../knowledge.jobs.ts";
import { chunks, documents } from "../knowledge.tables.ts";

/** So many ordinals are looked up in one statement. */
const LOOKED_UP = 4_096;

/** Every index that an earlier release wrote, with a context of its tenant: asks for it to be written anew. */
export async function renewOutdatedIndexes(db: Db, contextOf: (tenantId: string) => Ctx): Promise<void> {
  for (const outdated of await outdatedIndexes(db)) {
    await inTx(contextOf(outdated.tenantId), (ctx) => ctx.jobs.enqueue(renewIndexQueue, outdated));
  }
}

/**
 * Brings the search index of a knowledge base up to this release, one segment a call, and puts the next call on
 * the queue. Searches go on meanwhile and find everything; what is not renewed yet is weighed as it was before.
 */
export async function renewIndex(ctx: Ctx, { knowledgeBaseId }: { knowledgeBaseId: string }): Promise<void> {
  const isDone = !(await renewNext(ctx, {
    knowledgeBaseId,
    textsOf: (tx, ordinals) => textsOf(tx, knowledgeBaseId, ordinals),
  }));
  if (isDone) return;
  await inTx(ctx, (ctx) => ctx.jobs.enqueue(renewIndexQueue, { tenantId: ctx.tenantId, knowledgeBaseId }));
}

/** As `ingestDocument` gave them to the index, of whichever version. */
async function textsOf(
  ctx: Pick<TxCtx, "tenantId" | "tx">,
  knowledgeBaseId: string,
  ordinals: readonly number[],
): Promise<Map<number, IndexedText>> {
  const texts = new Map<number, IndexedText>();
  for (let at = 0; at < ordinals.length; at += LOOKED_UP) {
    const rows = await ctx.tx
      .select({
        ordinal: chunks.ordinal,
        text: chunks.text,
        title: documents.name,
        headingPath: chunks.headingPath,
        language: chunks.language,
      })
      .from(chunks)
      .innerJoin(documents, and(eq(documents.tenantId, chunks.tenantId), eq(documents.id, chunks.documentId)))
      .where(
        and(
          eq(chunks.tenantId, ctx.tenantId),
          eq(chunks.knowledgeBaseId, knowledgeBaseId),
          inArray(chunks.ordinal, ordinals.slice(at, at + LOOKED_UP)),
        ),
      );
    for (const { ordinal, ...text } of rows) texts.set(ordinal, text);
  }
  return texts;
}
