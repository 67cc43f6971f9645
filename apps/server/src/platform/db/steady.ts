import { NodePgSession } from "drizzle-orm/node-postgres/session";
import type { PgDialect } from "drizzle-orm/pg-core";
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

  override prepareQuery(
    ...[query, fields, name, ...rest]: Parameters<NodePgSession<None, None>["prepareQuery"]>
  ) {
    return super.prepareQuery(query, fields, name === steady ? nameOf(query.sql) : name, ...rest);
  }
}
