import { type SQL, sql } from "drizzle-orm";
import type { DocumentRow } from "./knowledge.queries.ts";
import { documents, knowledgeBases } from "./knowledge.tables.ts";

/* How old a document is: since its content was given, read anew from the web, or said to hold still. */

const day = 86_400_000;

/** Days after which a document that was not renewed counts as stale, as its owner may set them. */
export const staleAfterBounds = { least: 1, most: 3_650 } as const;

/** Documents from before `refreshedAt` was kept are as old as their last reading. */
export function freshAt(row: Pick<DocumentRow, "refreshedAt" | "processedAt" | "createdAt">): Date {
  return row.refreshedAt ?? row.processedAt ?? row.createdAt;
}

/** The same as `freshAt`, in a query. */
export const freshAtSql: SQL<Date> = sql`coalesce(${documents.refreshedAt}, ${documents.processedAt}, ${documents.createdAt})`;

export function isOlderThan(at: Date, days: number, now: Date): boolean {
  return at.getTime() < now.getTime() - days * day;
}

/** The same as `isOlderThan` with the setting of the document's knowledge base, in a query that has joined it. */
export function isStaleSql(now: Date): SQL<boolean> {
  return sql<boolean>`${documents.currentVersion} is not null
    and ${freshAtSql} < ${now.toISOString()}::timestamptz - ${knowledgeBases.staleAfterDays} * interval '1 day'`;
}
