import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "./identity.tables.ts";

/**
 * What an administrator of the installation lets a tenant use (seed 002: agents and tools). A list that is null allows
 * all of its kind; a tenant without a row may use everything.
 */
export const tenantPermissions = pgTable(
  "tenant_permissions",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** The bots that may answer. */
    agents: uuid("agents").array(),
    /** The tools that bots may call, by name. */
    tools: text("tools").array(),
    /** The providers whose models may be connected and asked. */
    modelProviders: text("model_providers").array(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId] }), tenantPolicy()],
).enableRLS();
