import { type SQL, sql } from "drizzle-orm";
import { countedUpTo, type PageStart } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { channelName } from "./conversations-of.queries.ts";
import type { TimelineItem, timelineTypes } from "./customer-care.schema.ts";

type Row = {
  id: string;
  type: (typeof timelineTypes)[number];
  at: Date | string;
  conversation_id: string | null;
  channel: string | null;
  author: string | null;
  author_name: string | null;
  text: string | null;
  detail: string | null;
};

/** Where a page of it ends. */
export type TimelineEnd = Pick<TimelineItem, "at" | "id">;

/** All that happened with a customer over every channel, as rows of one shape. */
export function timelineOf(ctx: TxCtx, customerId: string): SQL {
  const none = sql`null::text`;
  const theirs = sql`c.tenant_id = ${ctx.tenantId} and c.customer_id = ${customerId}`;
  return sql`
    select id::text, 'created' as type, created_at as at, null::uuid as conversation_id, ${none} as channel,
      ${none} as author, ${none} as author_name, ${none} as text, ${none} as detail
    from customers where tenant_id = ${ctx.tenantId} and id = ${customerId}
    union all
    select id::text, 'identity', created_at, null, null, null, null, kind, source
    from customer_identities where tenant_id = ${ctx.tenantId} and customer_id = ${customerId}
    union all
    select id::text, 'merge', created_at, null, null, null, null, null,
      case when target_id = ${customerId} then source_id::text else target_id::text end
    from customer_merges where tenant_id = ${ctx.tenantId} and (target_id = ${customerId} or source_id = ${customerId})
    union all
    select id::text || ':undone', 'unmerge', undone_at, null, null, null, null, null,
      case when target_id = ${customerId} then source_id::text else target_id::text end
    from customer_merges where tenant_id = ${ctx.tenantId} and undone_at is not null
      and (target_id = ${customerId} or source_id = ${customerId})
    union all
    select c.id::text, 'conversation', c.created_at, c.id, c.channel, null, null, c.subject, null
    from conversations c where ${theirs}
    union all
    select c.id::text || ':resolved', 'resolved', c.resolved_at, c.id, c.channel, null, null, c.subject, null
    from conversations c where ${theirs} and c.resolved_at is not null
    union all
    select m.id::text, case when m.internal then 'note' else 'message' end, m.created_at, c.id,
      coalesce(m.channel, c.channel), m.author, m.author_name, m.text, null
    from conversations c join messages m on m.tenant_id = c.tenant_id and m.conversation_id = c.id
    where ${theirs} and m.deleted_at is null and m.text <> ''`;
}

/** A page of a timeline, the latest first. */
export async function pageOfTimeline(
  ctx: TxCtx,
  timeline: SQL,
  { after, offset, limit }: PageStart<TimelineEnd>,
): Promise<TimelineItem[]> {
  const { rows } = await ctx.tx.execute<Row>(sql`
    select * from (${timeline}) a
    ${after ? sql`where (at, id) < (${after.at.toISOString()}::timestamptz, ${after.id})` : sql``}
    order by at desc, id desc limit ${limit} offset ${offset}`);
  return rows.map(toItem);
}

/** How much there is on a timeline, up to `countedUpTo`. */
export async function countTimeline(ctx: TxCtx, timeline: SQL): Promise<number> {
  const { rows } = await ctx.tx.execute<{ n: number }>(
    sql`select count(*)::int as n from (select from (${timeline}) a limit ${countedUpTo}) counted`,
  );
  return rows[0]?.n ?? 0;
}

function toItem(row: Row): TimelineItem {
  return {
    id: row.id,
    type: row.type,
    at: new Date(row.at),
    conversationId: row.conversation_id,
    channel: row.channel === null ? null : channelName(row.channel),
    author: row.author,
    authorName: row.author_name,
    text: row.text,
    detail: row.detail,
  };
}
