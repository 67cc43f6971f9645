import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";
import type { Certificate, ExportPart, RowCounts } from "./tenants.types.ts";

/** A copy of everything that a tenant has, made for its owner. */
export const tenantExports = pgTable(
  "tenant_exports",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    status: text("status", { enum: ["queued", "running", "done", "failed", "expired"] })
      .notNull()
      .default("queued"),
    requestedBy: uuid("requested_by").notNull(),
    /** How far it is: tables and files written, of all. */
    stepsDone: integer("steps_done").notNull().default(0),
    stepsTotal: integer("steps_total").notNull().default(0),
    rows: bigint("rows", { mode: "number" }).notNull().default(0),
    files: integer("files").notNull().default(0),
    /** The archives it was written to, in order. */
    parts: jsonb("parts").$type<ExportPart[]>().notNull().default([]),
    /** Why it failed, for its owner. */
    failure: text("failure"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
    /** When its archives are deleted. */
    expiresAt: moment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("tenant_exports_created_idx").on(t.tenantId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/** A job that came up while its tenant was stopped: put back on its queue when the tenant works again. */
export const pausedJobs = pgTable(
  "paused_jobs",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    queue: text("queue").notNull(),
    data: jsonb("data").$type<object>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy()],
).enableRLS();

/**
 * A tenant's deletion, from the request to the certificate. Global, because it outlives the tenant: once it is done
 * nothing here names the tenant or a person any more.
 */
export const tenantDeletions = pgTable(
  "tenant_deletions",
  {
    id: uuid("id").primaryKey(),
    status: text("status", { enum: ["waiting", "cancelled", "running", "done"] })
      .notNull()
      .default("waiting"),
    /** Null once it is done. */
    tenant: uuid("tenant"),
    /** Null once it is done. */
    requestedBy: uuid("requested_by"),
    /** What the requester was in the tenant: a role. */
    requesterRole: text("requester_role").notNull(),
    requestedAt: moment("requested_at").notNull(),
    /** The end of the grace period. */
    dueAt: moment("due_at").notNull(),
    /** Until when one worker has it; a dead one's is free again then. */
    leasedUntil: moment("leased_until"),
    /** What there was when it began, counted once. */
    counted: jsonb("counted").$type<RowCounts>(),
    /** To whom the certificate goes, sealed; null once it was sent. */
    recipients: text("recipients"),
    /** What went, without a name in it. */
    certificate: jsonb("certificate").$type<Certificate>(),
    /** The certificate as a signed JSON Web Signature. */
    signature: text("signature"),
    settledAt: moment("settled_at"),
  },
  (t) => [
    index("tenant_deletions_due_idx").on(t.status, t.dueAt),
    index("tenant_deletions_tenant_idx").on(t.tenant),
  ],
);
