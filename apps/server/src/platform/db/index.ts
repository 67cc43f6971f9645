export * from "./columns.ts";
export { decodeCursor, encodeCursor, type Place } from "./cursor.ts";
export { countedUpTo, DeepPages, type PageNumber, type PageStart, totalOf } from "./deep-pages.ts";
export { migrateDb } from "./migrate.ts";
export { type Database, type Db, type DbOptions, openDb } from "./open.ts";
export { containing } from "./patterns.ts";
export {
  asSystem,
  beforeCommit,
  currentTransaction,
  inSavepoint,
  notifyAtCommit,
  outsideTransaction,
  type TenantTransaction,
} from "./tenancy.ts";
