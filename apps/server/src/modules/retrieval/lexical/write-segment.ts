import { sql } from "drizzle-orm";
import type { IndexContext } from "../caches.ts";
import { searchPostings, searchSegments } from "../retrieval.tables.ts";
import { FORMAT } from "./codec.ts";
import type { SegmentRow } from "./segment.ts";

/** One statement carries about so much. */
const STATEMENT_BYTES = 1 << 20;
const STATEMENT_ROWS = 2000;

/** Stores a segment and its rows. */
export async function writeSegment(
  ctx: IndexContext,
  knowledgeBaseId: string,
  span: { segment: number; firstOrdinal: number; endOrdinal: number },
  rows: Iterable<SegmentRow>,
): Promise<void> {
  await ctx.tx
    .insert(searchSegments)
    .values({ tenantId: ctx.tenantId, knowledgeBaseId, ...span, format: FORMAT });
  let buckets: number[] = [];
  let data: Buffer[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (buckets.length === 0) return;
    await ctx.tx.execute(sql`
      insert into ${searchPostings} (tenant_id, knowledge_base_id, bucket, segment, data)
      select ${ctx.tenantId}::uuid, ${knowledgeBaseId}::uuid, row.bucket, ${span.segment}::int, row.data
      from unnest(${sql.param(buckets)}::int[], ${sql.param(data)}::bytea[]) as row (bucket, data)`);
    buckets = [];
    data = [];
    bytes = 0;
  };
  for (const row of rows) {
    buckets.push(row.bucket);
    data.push(row.data);
    bytes += row.data.length;
    if (bytes >= STATEMENT_BYTES || buckets.length >= STATEMENT_ROWS) await flush();
  }
  await flush();
}
