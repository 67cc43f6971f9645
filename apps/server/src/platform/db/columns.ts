import { sql } from "drizzle-orm";
import { customType, pgPolicy, pgRole, timestamp, uuid } from "drizzle-orm/pg-core";

/** The role under which every tenant's statements run: it owns nothing and cannot pass by row-level security. */
export const applicationRole = pgRole("parlance_app").existing();

/** The subselect makes Postgres read the setting once a query, not once a row. */
const ofThisTenant = sql`tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`;

/** The policy of every tenant table: rows of the transaction's tenant, for reading and for writing. */
export function tenantPolicy() {
  return pgPolicy("tenant_isolation", {
    for: "all",
    to: applicationRole,
    using: ofThisTenant,
    withCheck: ofThisTenant,
  });
}

/** Tables to which the application role may add rows, and neither change nor remove any. */
export const appendOnlyTables = ["audit_log", "security_events"] as const;

export const tenantId = () => uuid("tenant_id").notNull();
export const id = () => uuid("id").notNull();
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
export const createdAt = () => moment("created_at").notNull().defaultNow();
export const updatedAt = () => moment("updated_at").notNull().defaultNow();
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
