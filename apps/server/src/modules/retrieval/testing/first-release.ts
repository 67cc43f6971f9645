import { and, eq, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { chunkTerms } from "../analysis.ts";
import type { IndexedText } from "../index.ts";
import { HEADER_BUCKET, hashTerm, sharedBucket } from "../lexical/buckets.ts";
import { ByteWriter } from "../lexical/bytes.ts";
import { encodeRow, type PostingList } from "../lexical/codec.ts";
import { searchPostings, searchSegments } from "../retrieval.tables.ts";
import type { IndexTestContext } from "./index-world.ts";

/**
 * Rewrites a segment, which holds `texts`, as the first release wrote it: the words of title and headings once
 * each among those of the text, counts as they are, one length a chunk. At most 64 chunks and 2,048 terms.
 */
export async function writeAsFirstRelease(
  ctx: Pick<IndexTestContext, "db" | "tenantId">,
  knowledgeBaseId: string,
  segment: { segment: number; firstOrdinal: number },
  texts: readonly IndexedText[],
): Promise<void> {
  const postings = new Map<string, PostingList>();
  const lengths = texts.map((chunk, i) => {
    const { text, title, headings } = chunkTerms(chunk);
    const terms = [...text, ...new Set([...title, ...headings])];
    for (const term of new Set(terms)) {
      const list = postings.get(term) ?? { ordinals: [], counts: [] };
      list.ordinals.push(segment.firstOrdinal + i);
      list.counts.push(terms.filter((other) => other === term).length);
      postings.set(term, list);
    }
    return terms.length + 1;
  });
  const header = new ByteWriter();
  for (const number of [postings.size, ...lengths]) header.varint(number);
  const data = encodeRow(postings, segment.firstOrdinal);
  const bucket = sharedBucket(hashTerm(""), postings.size);
  await inTx(ctx, async ({ tx }) => {
    const of = (table: typeof searchPostings | typeof searchSegments) =>
      and(
        eq(table.tenantId, ctx.tenantId),
        eq(table.knowledgeBaseId, knowledgeBaseId),
        eq(table.segment, segment.segment),
      );
    await tx.delete(searchPostings).where(of(searchPostings));
    const key = { tenantId: ctx.tenantId, knowledgeBaseId, segment: segment.segment };
    await tx.insert(searchPostings).values([
      { ...key, bucket: HEADER_BUCKET, data: header.written() },
      { ...key, bucket, data },
    ]);
    await tx.update(searchSegments).set({ format: 1 }).where(of(searchSegments));
    await tx.execute(sql`update search_indexes set version = version + 1
      where tenant_id = ${ctx.tenantId} and knowledge_base_id = ${knowledgeBaseId}`);
  });
}
