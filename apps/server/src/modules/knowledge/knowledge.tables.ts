import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

/** A set of documents that is searched as one. Every bot reads from one; several bots may share it. */
export const knowledgeBases = pgTable(
  "knowledge_bases",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy()],
).enableRLS();

export const documentStatuses = ["PENDING", "PROCESSING", "PROCESSED", "FAILED"] as const;
export const documentSourceTypes = [
  "FILE_UPLOAD",
  "MANUAL_TEXT",
  "JSON_STRUCTURED",
  "CSV_STRUCTURED",
] as const;

/** A named piece of knowledge. What it says stands in its versions. */
export const documents = pgTable(
  "documents",
  {
    tenantId: tenantId(),
    id: id(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    name: text("name").notNull(),
    sourceType: text("source_type", { enum: documentSourceTypes }).notNull(),
    mediaType: text("media_type"),
    /** Bytes. */
    size: bigint("size", { mode: "number" }),
    status: text("status", { enum: documentStatuses }).notNull(),
    /** What the job is doing now, while PROCESSING. */
    stage: text("stage", { enum: ["queued", "reading", "chunking", "embedding", "indexing"] }),
    /** 0 to 100, while PROCESSING. */
    progress: integer("progress").notNull().default(0),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    /** The version that is searched and cited; null until one has been processed. */
    currentVersion: integer("current_version"),
    chunkCount: integer("chunk_count").notNull().default(0),
    language: text("language"),
    processedAt: moment("processed_at"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
    index("documents_knowledge_base_idx").on(t.tenantId, t.knowledgeBaseId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/** The bytes of a document at one time, and the canonical text that citations point into. */
export const documentVersions = pgTable(
  "document_versions",
  {
    tenantId: tenantId(),
    documentId: uuid("document_id").notNull(),
    version: integer("version").notNull(),
    blobKey: text("blob_key").notNull(),
    fileName: text("file_name").notNull(),
    mediaType: text("media_type"),
    size: bigint("size", { mode: "number" }),
    sha256: text("sha256"),
    title: text("title"),
    /** What extraction made of the bytes; offsets of chunks and citations count its UTF-16 code units. */
    text: text("text"),
    pages: jsonb("pages").$type<{ number: number; start: number }[]>().notNull().default(sql`'[]'::jsonb`),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.documentId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.documentId],
      foreignColumns: [documents.tenantId, documents.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/** A passage: the unit that is searched and cited. */
export const chunks = pgTable(
  "chunks",
  {
    tenantId: tenantId(),
    id: id(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    documentId: uuid("document_id").notNull(),
    version: integer("version").notNull(),
    /** Dense number within the knowledge base's index, given when it is indexed. */
    ordinal: integer("ordinal").notNull(),
    position: integer("position").notNull(),
    headingPath: text("heading_path").array().notNull(),
    page: integer("page"),
    startOffset: integer("start_offset").notNull(),
    endOffset: integer("end_offset").notNull(),
    text: text("text").notNull(),
    language: text("language").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.documentId, t.version],
      foreignColumns: [documentVersions.tenantId, documentVersions.documentId, documentVersions.version],
    }).onDelete("cascade"),
    unique("chunks_ordinal_key").on(t.tenantId, t.knowledgeBaseId, t.ordinal),
    index("chunks_document_idx").on(t.tenantId, t.documentId, t.version, t.position),
    tenantPolicy(),
  ],
).enableRLS();
