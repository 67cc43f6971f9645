import type { Query } from "drizzle-orm";
import type { WithCacheConfig } from "drizzle-orm/cache/core/types";
import { NodePgSession } from "drizzle-orm/node-postgres/session";
import type {
  PgDialect,
  PgPreparedQuery,
  PreparedQueryConfig,
  SelectedFieldsOrdered,
} from "drizzle-orm/pg-core";
import type pg from "pg";

/**
 * For `query.prepare(steady)`: a statement of a text that comes again and again, which the database parses and plans once a
 * connection. Only for statements whose plan no value changes, such as those by a key.
 */
export const steady = "steady";

/** Texts that may be kept ready. All that is marked is far fewer; whatever else comes is sent as any other statement. */
const most = 300;
const names = new Map<string, string>();

/** The same name for the same text, and for no other, in this process. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  const name = `steady_${names.size}`;
  names.set(text, name);
  return name;
}

type None = Record<string, never>;

/** Drizzle's session of one connection, in which what is marked as `steady` gets the name of its text. */
export class SteadySession extends NodePgSession<None, None> {
  constructor(client: pg.PoolClient, dialect: PgDialect) {
    super(client, dialect, undefined);
  }

  override prepareQuery<Config extends PreparedQueryConfig>(
    query: Query,
    fields: SelectedFieldsOrdered | undefined,
    name: string | undefined,
    isArray: boolean,
    mapper?: (rows: unknown[][]) => Config["execute"],
    about?: { type: "select" | "update" | "delete" | "insert"; tables: string[] },
    cache?: WithCacheConfig,
  ): PgPreparedQuery<Config> {
    const given = name === steady ? nameOf(query.sql) : name;
    return super.prepareQuery<Config>(query, fields, given, isArray, mapper, about, cache);
  }
}
