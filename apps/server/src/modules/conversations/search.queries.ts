import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { asSystem } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { ConversationFilter, ConversationOrder } from "./conversations.filter.ts";
import { isReadable, scope } from "./conversations.queries.ts";
import { conversations, messages } from "./conversations.tables.ts";
import { selectDescribed } from "./inbox.queries.ts";

/** Up to so many are counted; a list that is longer says this number, and is still read on page by page. */
export const countedUpTo = 10_000;
/** So many ids of one index are worth taking first; what is commoner is looked for along the list's own order. */
const rareUpTo = 2_000;

const columns = {
  created_at: conversations.createdAt,
  last_message_at: conversations.lastMessageAt,
  sla_due_at: conversations.slaDueAt,
};

export interface Page extends ConversationOrder {
  page: number;
  pageSize: number;
}

/** A row's place in the order: what the next page goes on after. */
export interface Boundary {
  at: Date | null;
  id: string;
}

/**
 * The ids of a page. Only index and filter are read for what is passed over; a boundary that is known from an earlier
 * page is jumped to. Conversations that lack the time of the order (nothing was said, nothing is due) are left out.
 */
export async function pageOfIds(
  ctx: TxCtx,
  where: SQL | undefined,
  { sortBy, sortOrder }: ConversationOrder,
  from: { after: Boundary | null; offset: number; limit: number },
): Promise<Boundary[]> {
  const column = columns[sortBy];
  const order = sortOrder === "asc" ? asc : desc;
  return ctx.tx
    .select({ at: column, id: conversations.id })
    .from(conversations)
    .where(
      and(where, sql`${column} is not null`, from.after ? isAfter(column, sortOrder, from.after) : undefined),
    )
    .orderBy(order(column), order(conversations.id))
    .offset(from.offset)
    .limit(from.limit);
}

/** The conversations of a page with what is shown of each, in the order of the ids. */
export async function describeAll(ctx: TxCtx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await selectDescribed(ctx).where(and(scope(ctx), inArray(conversations.id, [...ids])));
  const byId = new Map(rows.map((row) => [row.conversation.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** How many there are, up to `countedUpTo`. */
export async function countUpTo(
  ctx: TxCtx,
  where: SQL | undefined,
  sortBy: ConversationOrder["sortBy"],
): Promise<number> {
  const some = ctx.tx
    .select({ one: sql`1`.as("one") })
    .from(conversations)
    .where(and(where, sql`${columns[sortBy]} is not null`))
    .limit(countedUpTo)
    .as("some");
  const [row] = await ctx.tx.select({ n: sql<number>`count(*)::int` }).from(some);
  return row?.n ?? 0;
}

/** The filter as a condition on conversations that the caller may see. */
export async function conditionOf(ctx: TxCtx, filter: ConversationFilter): Promise<SQL | undefined> {
  const { status, severity, channel, assigneeId, teamId, customerId, slaBreached, tags, search } = filter;
  return and(
    scope(ctx),
    status && inArray(conversations.status, status),
    severity && inArray(conversations.severity, severity),
    channel && inArray(conversations.channel, channel),
    assigneeId && isOneOrNone(conversations.assigneeId, assigneeId),
    teamId && isOneOrNone(conversations.teamId, teamId),
    customerId === undefined ? undefined : eq(conversations.customerId, customerId),
    slaBreached === undefined ? undefined : eq(conversations.slaBreached, slaBreached),
    tags && (await withTags(ctx, tags)),
    search ? await withWords(ctx, sql`plainto_tsquery('simple', ${search})`) : undefined,
  );
}

/** All words of a text, the last of them as the beginning of one, for what is still being typed; null without words. */
export function wordsBegun(text: string): SQL | null {
  const words = text.match(/[\p{L}\p{N}]+/gu);
  return words && sql`to_tsquery('simple', ${`${words.join(" & ")}:*`})`;
}

/** What marks the words of a hit: characters that no text may use for anything of its own. */
const mark = { start: "\u{e000}", end: "\u{e001}" };

/** Of each of these conversations, the words around what was found last, in parts. */
export async function hitsOf(
  ctx: TxCtx,
  ids: readonly string[],
  words: SQL,
): Promise<Map<string, { text: string; found: boolean }[]>> {
  if (ids.length === 0) return new Map();
  const options = `StartSel=${mark.start}, StopSel=${mark.end}, MaxWords=16, MinWords=6, MaxFragments=1`;
  const rows = await ctx.tx
    .selectDistinctOn([messages.conversationId], {
      id: messages.conversationId,
      around: sql<string>`ts_headline('simple', left(${messages.text}, 8000), ${words}, ${options})`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        inArray(messages.conversationId, [...ids]),
        sql`to_tsvector('simple', ${messages.text}) @@ ${words}`,
        isNull(messages.deletedAt),
        isReadable(ctx, { notes: true }),
      ),
    )
    .orderBy(messages.conversationId, desc(messages.sequence));
  return new Map(rows.map(({ id, around }) => [id, partsOf(around)]));
}

function partsOf(around: string): { text: string; found: boolean }[] {
  return around
    .split(new RegExp(`(${mark.start}[^${mark.end}]*${mark.end})`, "u"))
    .map((part) => ({
      text: part.replaceAll(mark.start, "").replaceAll(mark.end, ""),
      found: part.startsWith(mark.start),
    }))
    .filter(({ text }) => text !== "");
}

function isOneOrNone(
  column: typeof conversations.assigneeId | typeof conversations.teamId,
  given: readonly (string | null)[],
): SQL | undefined {
  const ids = given.filter((id) => id !== null);
  return or(
    ids.length > 0 ? inArray(column, ids) : undefined,
    given.includes(null) ? isNull(column) : undefined,
  );
}

/**
 * Row-level security lets no index be read by an operator that might tell of a row what it holds, and those of arrays
 * and words are such. So the ids are read outside of it, by the tenant's own condition and by nothing else: a named
 * system query. Rows are read by these ids inside of it.
 */
async function rareIds(select: SQL): Promise<string[] | null> {
  const { rows } = await asSystem((tx) =>
    tx.execute<{ id: string }>(sql`select distinct id from (${select} limit ${rareUpTo + 1}) as found`),
  );
  return rows.length > rareUpTo ? null : rows.map(({ id }) => id);
}

async function withTags(ctx: TxCtx, tags: readonly string[]): Promise<SQL> {
  const all = sql`${conversations.tags} @> array[${sql.join(
    tags.map((one) => sql`${one}`),
    sql`, `,
  )}]::text[]`;
  const ids = await rareIds(
    sql`select ${conversations.id} as id from ${conversations}
      where ${conversations.tenantId} = ${ctx.tenantId} and ${all}`,
  );
  return ids ? isOneOf(ids) : all;
}

/** Conversations in which a message holds these words. */
export async function withWords(ctx: TxCtx, words: SQL): Promise<SQL> {
  const holds = sql`to_tsvector('simple', ${messages.text}) @@ ${words}
    and ${messages.deletedAt} is null`;
  const readable = and(holds, isReadable(ctx, { notes: true }));
  const ids = await rareIds(
    sql`select ${messages.conversationId} as id from ${messages}
      where ${messages.tenantId} = ${ctx.tenantId} and ${readable}`,
  );
  return ids
    ? isOneOf(ids)
    : sql`exists (select from ${messages} where ${messages.tenantId} = ${conversations.tenantId}
        and ${messages.conversationId} = ${conversations.id} and ${readable})`;
}

function isOneOf(ids: readonly string[]): SQL {
  // one parameter: thousands of them would take longer to read than to look up
  return ids.length === 0 ? sql`false` : sql`${conversations.id} = any(${sql.param([...ids])}::uuid[])`;
}

function isAfter(
  column: (typeof columns)[keyof typeof columns],
  order: "asc" | "desc",
  { at, id }: Boundary,
): SQL {
  const than = order === "asc" ? sql`>` : sql`<`;
  // the time is bound by its column's own mapping, so that it is compared as it was read
  return sql`(${column}, ${conversations.id}) ${than} (${sql.param(at, column)}, ${id}::uuid)`;
}
