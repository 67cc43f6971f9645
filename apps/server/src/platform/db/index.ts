export * from "./columns.ts";
export { decodeCursor, encodeCursor, type Place } from "./cursor.ts";
export { countedUpTo, DeepPages, LongLists, type PageNumber, type PageStart, totalOf } from "./deep-pages.ts";
export { migrateDb } from "./migrate.ts";
export { type Database, type Db, type DbOptions, openDb } from "./open.ts";
export { containing } from "./patterns.ts";
export { steady } from "./steady.ts";
export {
  asSystem,
  beforeCommit,
  currentTransaction,
  inSavepoint,
  notifyAtCommit,
  outsideTransaction,
  statementAsSystem,
  type TenantTransaction,
} from "./tenancy.ts";
