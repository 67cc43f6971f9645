import { and, isNull, type SQL, sql } from "drizzle-orm";
import { asSystem } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { isReadable } from "./conversations.queries.ts";
import { conversations, messages } from "./conversations.tables.ts";

/**
 * So many rows of one index are worth taking first; what is commoner is looked for along the list's own order. To ask a
 * row for its tags costs less than to ask a conversation for its words.
 */
const rareUpTo = { tags: 1_000, words: 3_000 };
/** Of what is common, so many of the conversations that were met are counted. */
const knownOfCommon = 500;

/** A condition on conversations, and what it took to make it tells of how many meet it. */
export interface Found {
  is: SQL | undefined;
  /** Some of the conversations that meet it: all where `isAll`, else enough to say that there are many. */
  known: SQL | undefined;
  isAll: boolean;
}

/** Words as the index has them: `query` looks for all, `text` says them one after the other. */
export interface Words {
  query: SQL;
  text: string;
}

export function wordsOf(text: string): Words {
  return { query: sql`plainto_tsquery('simple', ${text})`, text };
}

/** All words of a text, the last of them as the beginning of one, for what is still being typed; null without words. */
export function wordsBegun(text: string): Words | null {
  const words = text.match(/[\p{L}\p{N}]+/gu);
  return words && { query: sql`to_tsquery('simple', ${`${words.join(" & ")}:*`})`, text: words.join(" ") };
}

/** Conversations with all of these tags, among those that meet `others` as well. */
export async function withTags(ctx: TxCtx, tags: readonly string[], others: SQL | undefined): Promise<Found> {
  const all = sql`${conversations.tags} @> ${sql.param([...tags])}::text[]`;
  return rareOr(
    rareUpTo.tags,
    all,
    sql`select ${conversations.id} as id from ${conversations}
      where ${conversations.tenantId} = ${ctx.tenantId} and ${and(others, all)}`,
  );
}

/** Conversations in which a message holds these words. */
export async function withWords(ctx: TxCtx, { query, text }: Words): Promise<Found> {
  const holds = and(
    sql`to_tsvector('simple', ${messages.text}) @@ ${query}`,
    isNull(messages.deletedAt),
    isReadable(ctx, { notes: true }),
  );
  // what lacks the letters lacks the words, and is told at a tenth of the cost of taking a text apart
  const letters = sql`lower(${messages.text}) like all (array(
    select '%' || lexeme || '%' from unnest(to_tsvector('simple', ${text}))))`;
  // `offset 0` has one conversation asked after the other, never all at once, whatever the planner expects of the words
  return rareOr(
    rareUpTo.words,
    sql`exists (select from ${messages} where ${messages.tenantId} = ${conversations.tenantId}
      and ${messages.conversationId} = ${conversations.id} and ${letters} and ${holds} offset 0)`,
    sql`select ${messages.conversationId} as id from ${messages}
      where ${messages.tenantId} = ${ctx.tenantId} and ${holds}`,
  );
}

/**
 * Row-level security lets no index be read by an operator that might tell of a row what it holds, and those of arrays
 * and words are such. So the ids are read outside of it, of the tenant alone: a named system query. Rows are read by these
 * ids inside of it. Where there are too many, the list is walked in its own order and each row asked by `test`: a page of
 * what is common is full soon. Workers would take longer to start than that takes.
 */
async function rareOr(most: number, test: SQL, select: SQL): Promise<Found> {
  const { rows } = await asSystem((tx) =>
    tx.execute<{ ids: string[]; n: number }>(
      sql`with found as materialized (${select} limit ${most + 1}),
          counted as (select count(*)::int as n from found)
        select n, array(select distinct id from found
            limit case when n > ${most} then ${knownOfCommon} else n end) as ids,
          set_config('max_parallel_workers_per_gather', '0', true)
        from counted`,
    ),
  );
  const [{ ids, n } = { ids: [], n: 0 }] = rows;
  const known = isOneOf(ids);
  return n > most ? { is: test, known, isAll: false } : { is: known, known, isAll: true };
}

function isOneOf(ids: readonly string[]): SQL {
  // one parameter: thousands of them would take longer to read than to look up
  return ids.length === 0 ? sql`false` : sql`${conversations.id} = any(${sql.param([...ids])}::uuid[])`;
}
