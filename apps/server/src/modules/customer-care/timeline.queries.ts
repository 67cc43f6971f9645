import { type SQL, sql } from "drizzle-orm";
import { countedUpTo, type PageStart } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { channelName } from "./conversations-of.queries.ts";
import type { TimelineItem, timelineTypes } from "./customer-care.schema.ts";

type Row = {
  place: string;
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

/** One kind of thing that happens with a customer: rows of one shape, by a key that grows with time. */
interface Source {
  /** What follows a row's id on the timeline, where one row has two places there. */
  suffix?: ":resolved" | ":undone";
  columns: SQL;
  from: SQL;
  /** Its time and its id. */
  key: { at: SQL; id: SQL };
}

const none = sql`null::text`;

type OfTenant = Pick<TxCtx, "tenantId">;

/** All that happens with a customer apart from what is said. */
function sourcesOf({ tenantId }: OfTenant, customerId: string): Source[] {
  const otherOne = sql`case when target_id = ${customerId} then source_id::text else target_id::text end`;
  const merges = sql`customer_merges
    where tenant_id = ${tenantId} and (target_id = ${customerId} or source_id = ${customerId})`;
  const theirs = sql`conversations where tenant_id = ${tenantId} and customer_id = ${customerId}`;
  const created = { at: sql`created_at`, id: sql`id` };
  return [
    {
      columns: sql`'created' as type, null::uuid as conversation_id, ${none} as channel, ${none} as author,
        ${none} as author_name, ${none} as text, ${none} as detail`,
      from: sql`customers where tenant_id = ${tenantId} and id = ${customerId}`,
      key: created,
    },
    {
      columns: sql`'identity', null, null, null, null, kind, source`,
      from: sql`customer_identities where tenant_id = ${tenantId} and customer_id = ${customerId}`,
      key: created,
    },
    { columns: sql`'merge', null, null, null, null, null, ${otherOne}`, from: merges, key: created },
    {
      suffix: ":undone",
      columns: sql`'unmerge', null, null, null, null, null, ${otherOne}`,
      from: sql`${merges} and undone_at is not null`,
      key: { at: sql`undone_at`, id: sql`id` },
    },
    { columns: sql`'conversation', id, channel, null, null, subject, null`, from: theirs, key: created },
    {
      suffix: ":resolved",
      columns: sql`'resolved', id, channel, null, null, subject, null`,
      from: sql`${theirs} and resolved_at is not null`,
      key: { at: sql`resolved_at`, id: sql`id` },
    },
  ];
}

/** The messages of conversation `c` that are shown: all of them lie in one index, in the order of their time. */
const saidIn = ({ tenantId }: OfTenant) => sql`messages
  where tenant_id = ${tenantId} and conversation_id = c.id and deleted_at is null and text <> ''`;

const conversationsOf = ({ tenantId }: OfTenant, customerId: string) =>
  sql`conversations c where c.tenant_id = ${tenantId} and c.customer_id = ${customerId}`;

/**
 * A page of a timeline, the latest first. Of each source no more is read than the page may need, by an index that is in its
 * order, so that the page costs the same however much came before it. What was said lies in several conversations: each
 * is asked for its latest message, and those with the latest ones for more. The shape leaves the planner no other way,
 * also where nothing is known yet of how full the tables are.
 */
export async function pageOfTimeline(
  ctx: TxCtx,
  customerId: string,
  start: PageStart<TimelineEnd>,
): Promise<TimelineItem[]> {
  const { rows } = await ctx.tx.execute<Row>(timelinePage(ctx, customerId, start));
  return rows.map(toItem);
}

/** The statement of a page. */
export function timelinePage(
  ctx: OfTenant,
  customerId: string,
  { after, offset, limit }: PageStart<TimelineEnd>,
): SQL {
  const most = offset + limit;
  const sources = sourcesOf(ctx, customerId).map(
    ({ suffix = "", columns, from, key: { at, id } }) => sql`(
      select id::text || ${sql.raw(`'${suffix}'`)} as place, ${at} as at, ${columns} from ${from}
      ${before(at, id, suffix, after)} order by ${at} desc, ${id} desc limit ${most})`,
  );
  const latest = (count: number) => sql`select id, created_at from ${saidIn(ctx)}
    ${before(sql`created_at`, sql`id`, "", after)} order by created_at desc, id desc limit ${count}`;
  return sql`
    with spoken_in as materialized (
      select c.id, c.channel from ${conversationsOf(ctx, customerId)}
    ), latest_in as materialized (
      select c.id, c.channel from spoken_in c cross join lateral (${latest(1)}) m
      order by m.created_at desc, m.id desc limit ${most}
    ), said as materialized (
      select m.id, m.created_at, c.id as conversation_id, c.channel from latest_in c cross join lateral (${latest(most)}) m
      order by m.created_at desc, m.id desc limit ${most}
    )
    select * from (
      ${sql.join(sources, sql` union all `)}
      union all
      select s.id::text, s.created_at, case when m.internal then 'note' else 'message' end, s.conversation_id,
        coalesce(m.channel, s.channel), m.author, m.author_name, m.text, null
      from said s cross join lateral (
        select internal, channel, author, author_name, text from messages
        where tenant_id = ${ctx.tenantId} and id = s.id offset 0) m
    ) a
    order by at desc, place collate "C" desc limit ${limit} offset ${offset}`;
}

/** How much there is on a timeline, up to `countedUpTo`. */
export async function countTimeline(ctx: TxCtx, customerId: string): Promise<number> {
  const { rows } = await ctx.tx.execute<{ n: number }>(timelineCount(ctx, customerId));
  return rows[0]?.n ?? 0;
}

/** The statement of that. */
export function timelineCount(ctx: OfTenant, customerId: string): SQL {
  const counts = [
    ...sourcesOf(ctx, customerId).map(({ from }) => from),
    sql`(select c.id from ${conversationsOf(ctx, customerId)} offset 0) c cross join lateral (select from ${saidIn(ctx)} limit ${countedUpTo}) m`,
  ].map((from) => sql`(select count(*) from (select from ${from} limit ${countedUpTo}) counted)`);
  return sql`select least(${countedUpTo}, ${sql.join(counts, sql` + `)})::int as n`;
}

/** What comes after the end of another page, as a condition on the key of a source. */
function before(at: SQL, id: SQL, suffix: string, after: TimelineEnd | null): SQL {
  if (!after) return sql``;
  const [row = "", ...rest] = after.id.split(":");
  const ended = rest.length > 0 ? `:${rest.join(":")}` : "";
  const than = suffix < ended ? sql`<=` : sql`<`; // the same row's other place may lie on the next page
  return sql`and (${at}, ${id}) ${than} (${after.at.toISOString()}::timestamptz, ${row}::uuid)`;
}

function toItem(row: Row): TimelineItem {
  return {
    id: row.place,
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
