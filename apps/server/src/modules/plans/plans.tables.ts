import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

/** What an installation offers its tenants. Global: the operator's, and the same for everyone. */
export const plans = pgTable(
  "plans",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description"),
    priceMonthly: numeric("price_monthly", { precision: 12, scale: 2, mode: "number" }),
    maxBots: integer("max_bots").notNull(),
    maxDocumentsPerBot: integer("max_documents_per_bot").notNull(),
    /** Of 1,000,000,000 bytes, as the console shows sizes. */
    maxTotalDocumentStorageGB: doublePrecision("max_total_document_storage_gb").notNull(),
    maxQueriesPerMonth: integer("max_queries_per_month").notNull(),
    maxDocProcessingJobsPerMonth: integer("max_doc_processing_jobs_per_month").notNull(),
    allowAdvancedRagConfig: boolean("allow_advanced_rag_config").notNull(),
    /** An inactive plan is given to nobody new; who has it keeps it. */
    isActive: boolean("is_active").notNull().default(true),
    /** Of whoever was given none. */
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("plans_name_key").on(t.name),
    uniqueIndex("plans_default_key").on(t.isDefault).where(sql`is_default`),
  ],
);

/** The plan that a tenant was given. Its row is also the lock under which what is in use is counted. */
export const tenantPlans = pgTable(
  "tenant_plans",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** Null: the default plan, whichever that is. */
    planId: uuid("plan_id").references(() => plans.id),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId] }), tenantPolicy()],
).enableRLS();

/** What is counted anew each month. */
export const monthlyUses = ["queries", "processingJobs"] as const;
export type MonthlyUse = (typeof monthlyUses)[number];

/** How often something was done in a calendar month of UTC. */
export const planUses = pgTable(
  "plan_uses",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** `2026-11`. */
    month: text("month").notNull(),
    what: text("what", { enum: monthlyUses }).notNull(),
    used: integer("used").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.month, t.what] }), tenantPolicy()],
).enableRLS();
