import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
    /** Days after which a document that was not renewed counts as stale. */
    staleAfterDays: integer("stale_after_days").notNull().default(180),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy()],
).enableRLS();

export const sourceKinds = ["page", "site"] as const;
export const sourceSchedules = ["never", "hourly", "daily", "weekly", "monthly"] as const;
export const sourceStatuses = ["QUEUED", "CRAWLING", "READY", "FAILED"] as const;

/** A web page or site whose pages are documents, read again on a schedule. */
export const knowledgeSources = pgTable(
  "knowledge_sources",
  {
    tenantId: tenantId(),
    id: id(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    kind: text("kind", { enum: sourceKinds }).notNull(),
    /** Where reading starts. */
    url: text("url").notNull(),
    schedule: text("schedule", { enum: sourceSchedules }).notNull(),
    /** Most documents that it may bring. */
    maxPages: integer("max_pages").notNull(),
    /** Path prefixes; without any, the start page's own path is the one that is included. */
    includePaths: text("include_paths").array().notNull(),
    excludePaths: text("exclude_paths").array().notNull(),
    status: text("status", { enum: sourceStatuses }).notNull(),
    /** Counts the crawls; what belongs to an earlier one is let go. */
    crawl: integer("crawl").notNull(),
    /** Whether robots.txt and sitemaps have been read in this crawl. */
    prepared: boolean("prepared").notNull().default(false),
    /** robots.txt as this crawl found it. */
    robots: text("robots").notNull().default(""),
    /** Failures in a row of this crawl that look like the site's, not the page's. */
    strikes: integer("strikes").notNull().default(0),
    /** The job that works on it, and until when no other may. */
    leaseHolder: text("lease_holder"),
    leaseUntil: moment("lease_until"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    /** What its owner should know of a crawl that ended well: that the limit cut it short, say. */
    notice: text("notice"),
    lastCrawledAt: moment("last_crawled_at"),
    nextCrawlAt: moment("next_crawl_at"),
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
    index("knowledge_sources_base_idx").on(t.tenantId, t.knowledgeBaseId, t.createdAt),
    index("knowledge_sources_due_idx").on(t.tenantId, t.nextCrawlAt),
    tenantPolicy(),
  ],
).enableRLS();

export const pageStates = ["pending", "kept", "failed", "skipped"] as const;

/** An address that a source knows: the frontier of its crawl, and what each page was when it was last read. */
export const sourcePages = pgTable(
  "source_pages",
  {
    tenantId: tenantId(),
    sourceId: uuid("source_id").notNull(),
    id: id(),
    url: text("url").notNull(),
    /** Links between the start page and this one. */
    depth: integer("depth").notNull(),
    state: text("state", { enum: pageStates }).notNull(),
    /** Why it failed or was left out. */
    reason: text("reason"),
    httpStatus: integer("http_status"),
    /** What it became; null when it brought no document. */
    documentId: uuid("document_id"),
    etag: text("etag"),
    lastModified: text("last_modified"),
    /** Of what a reader sees; equal hash, equal page. */
    contentHash: text("content_hash"),
    /** Tries in this crawl, and when the next may be. */
    attempts: integer("attempts").notNull().default(0),
    retryAt: moment("retry_at"),
    /** Crawls in a row in which it brought nothing. */
    misses: integer("misses").notNull().default(0),
    visitedAt: moment("visited_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.sourceId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.sourceId],
      foreignColumns: [knowledgeSources.tenantId, knowledgeSources.id],
    }).onDelete("cascade"),
    unique("source_pages_url_key").on(t.tenantId, t.sourceId, t.url),
    index("source_pages_state_idx").on(t.tenantId, t.sourceId, t.state, t.depth, t.id),
    index("source_pages_document_idx").on(t.tenantId, t.documentId),
    tenantPolicy(),
  ],
).enableRLS();

export const documentStatuses = ["PENDING", "PROCESSING", "PROCESSED", "FAILED"] as const;
export const documentSourceTypes = [
  "FILE_UPLOAD",
  "MANUAL_TEXT",
  "JSON_STRUCTURED",
  "CSV_STRUCTURED",
  "WEB_PAGE",
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
    /** Which source brought it, and where it stands on the web. */
    sourceId: uuid("source_id"),
    url: text("url"),
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
    /**
     * When its content was last given, read anew from the web, or said by its owner to hold still. Null for documents
     * from before it was kept: then `processedAt`, or `createdAt`, stands for it.
     */
    refreshedAt: moment("refreshed_at"),
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
    foreignKey({
      columns: [t.tenantId, t.sourceId],
      foreignColumns: [knowledgeSources.tenantId, knowledgeSources.id],
    }),
    index("documents_knowledge_base_idx").on(t.tenantId, t.knowledgeBaseId, t.createdAt),
    index("documents_source_idx").on(t.tenantId, t.sourceId),
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
