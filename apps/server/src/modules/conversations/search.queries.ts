import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { countedUpTo, type PageStart } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { ConversationFilter, ConversationOrder } from "./conversations.filter.ts";
import { isReadable, scope } from "./conversations.queries.ts";
import { conversations, messages } from "./conversations.tables.ts";
import { type Found, type Words, withTags, withWords, wordsOf } from "./found.queries.ts";
import { type describeConversation, selectDescribed } from "./inbox.queries.ts";

type Described = Awaited<ReturnType<typeof describeConversation>>;

const columnNames = {
  created_at: "createdAt",
  last_message_at: "lastMessageAt",
  sla_due_at: "slaDueAt",
} as const;

/** A row's place in the order: what the next page goes on after. */
export interface Boundary {
  at: Date | null;
  id: string;
}

/** Of a row of a page: where the next one goes on. */
export function boundaryOf({ conversation }: Described, sortBy: ConversationOrder["sortBy"]): Boundary {
  return { at: conversation[columnNames[sortBy]], id: conversation.id };
}

/**
 * The conversations of a page with what is shown of each. Only index and filter are read for what is passed over; a
 * boundary that is known from an earlier page is jumped to. Conversations that lack the time of the order (nothing was
 * said, nothing is due) are left out. With `counts`, a full page tells in the same breath how many there are, as `countUpTo`
 * does; any other needs no counting, or has no row to tell it: `counted` is null then.
 */
export async function pageOf(
  ctx: TxCtx,
  { is, known }: Found,
  { sortBy, sortOrder }: ConversationOrder,
  { after, offset, limit }: PageStart<Boundary>,
  { counts }: { counts: boolean },
): Promise<{ rows: Described[]; counted: number | null }> {
  const column = conversations[columnNames[sortBy]];
  const order = sortOrder === "asc" ? asc : desc;
  const ids = ctx.tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(is, isNotNull(column), after ? isAfter(column, sortOrder, after) : undefined))
    .orderBy(order(column), order(conversations.id))
    .offset(offset)
    .limit(limit);
  const counted = counts
    ? sql<number | null>`case when count(*) over () = ${limit}
        then (select count(*)::int from ${upTo(ctx, known, sortBy)}) end`
    : sql<null>`null`;
  const rows = await selectDescribed(ctx, { counted })
    .where(and(scope(ctx), inArray(conversations.id, ids)))
    .orderBy(order(column), order(conversations.id));
  return { rows, counted: rows[0]?.counted ?? null };
}

/** How many there are, up to `countedUpTo`. */
export async function countUpTo(
  ctx: TxCtx,
  where: SQL | undefined,
  sortBy: ConversationOrder["sortBy"],
): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(upTo(ctx, where, sortBy));
  return row?.n ?? 0;
}

function upTo(ctx: TxCtx, where: SQL | undefined, sortBy: ConversationOrder["sortBy"]) {
  return ctx.tx
    .select({ one: sql`1`.as("one") })
    .from(conversations)
    .where(and(where, isNotNull(conversations[columnNames[sortBy]])))
    .limit(countedUpTo)
    .as("some");
}

/** The conversations of a filter, among those that the caller may see. */
export async function foundBy(ctx: TxCtx, filter: ConversationFilter): Promise<Found> {
  const { status, severity, channel, assigneeId, teamId, customerId, slaBreached, tags, search } = filter;
  const plain = and(
    scope(ctx),
    status && inArray(conversations.status, status),
    severity && inArray(conversations.severity, severity),
    channel && inArray(conversations.channel, channel),
    assigneeId && isOneOrNone(conversations.assigneeId, assigneeId),
    teamId && isOneOrNone(conversations.teamId, teamId),
    customerId === undefined ? undefined : eq(conversations.customerId, customerId),
    slaBreached === undefined ? undefined : eq(conversations.slaBreached, slaBreached),
  );
  const found: Found[] = [];
  if (tags) found.push(await withTags(ctx, tags, plain));
  if (search) found.push(await withWords(ctx, wordsOf(search)));
  return {
    is: and(plain, ...found.map(({ is }) => is)),
    known: and(plain, ...found.map(({ known }) => known)),
    isAll: found.every(({ isAll }) => isAll),
  };
}

/** What marks the words of a hit: characters that no text may use for anything of its own. */
const mark = { start: "\u{e000}", end: "\u{e001}" };

/** Of each of these conversations, the words around what was found last, in parts. */
export async function hitsOf(
  ctx: TxCtx,
  ids: readonly string[],
  words: Words,
): Promise<Map<string, { text: string; found: boolean }[]>> {
  if (ids.length === 0) return new Map();
  const options = `StartSel=${mark.start}, StopSel=${mark.end}, MaxWords=16, MinWords=6, MaxFragments=1`;
  const rows = await ctx.tx
    .selectDistinctOn([messages.conversationId], {
      id: messages.conversationId,
      around: sql<string>`ts_headline('simple', left(${messages.text}, 8000), ${words.query}, ${options})`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        inArray(messages.conversationId, [...ids]),
        sql`to_tsvector('simple', ${messages.text}) @@ ${words.query}`,
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

function isAfter(
  column: (typeof conversations)[(typeof columnNames)[keyof typeof columnNames]],
  order: "asc" | "desc",
  { at, id }: Boundary,
): SQL {
  const than = order === "asc" ? sql`>` : sql`<`;
  // the time is bound by its column's own mapping, so that it is compared as it was read
  return sql`(${column}, ${conversations.id}) ${than} (${sql.param(at, column)}, ${id}::uuid)`;
}
