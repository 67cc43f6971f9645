import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { TxCtx } from "../../ports/index.ts";

/** Who is erased or handed their data: the conversations that are theirs, and what they are called by. */
export interface Person {
  conversationIds: string[];
  /** Names, addresses and numbers by which others may have named them. */
  words: string[];
  /** What stands where a person's words were. */
  erased: string;
}

/**
 * What a module keeps of the people who write to us. Each module that keeps something declares it, and `customer-care`
 * carries all of it out in one transaction. A test compares the tables that are declared with those of the database that
 * lead to a customer or a conversation, so that a new one cannot be forgotten.
 */
export interface PersonalData {
  /** Each such table of the module, and what becomes of its rows. */
  tables: Readonly<Record<string, string>>;
  /** Takes the person out, or away. The conversations are locked. */
  erase(ctx: TxCtx, person: Person): Promise<void>;
  /** What is theirs to have, by what it is called; nothing of what colleagues keep to themselves. */
  read?(ctx: TxCtx, conversationIds: string[]): Promise<Record<string, unknown[]>>;
}

/** A text without the words that name a person. */
export function withoutWords(column: AnyPgColumn, { words, erased }: Person): SQL {
  return words.reduce<SQL>(
    (text, word) =>
      sql`regexp_replace(${text}, ${word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}, ${erased}, 'gi')`,
    sql`${column}`,
  );
}

/** Whether a value, whatever its type, names the person anywhere. */
export function names(column: AnyPgColumn, { words }: Person): SQL {
  if (words.length === 0) return sql`false`;
  const each = words.map((word) => sql`strpos(lower(${column}::text), ${word.toLowerCase()}) > 0`);
  return sql`(${sql.join(each, sql` or `)})`;
}
