import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  bytes,
  createdAt,
  id,
  moment,
  tenantId,
  tenantPolicy,
  updatedAt,
} from "../../platform/db/columns.ts";
import { knowledgeBases } from "../knowledge/knowledge.tables.ts";

/** Half-precision vector; the column fixes no dimension because each space has its model's own. */
const halfVector = customType<{ data: number[]; driverData: string }>({
  dataType: () => "halfvec",
  toDriver: (values) => `[${values.join(",")}]`,
  fromDriver: (text) => text.slice(1, -1).split(",").map(Number),
});

/*
 * BM25 over immutable posting segments, scored in TypeScript, and dense search by binary sketches with
 * an exact second look: the design that was measured to give the same ten results on the embedded
 * database and on PostgreSQL. See the module's README.
 */

/** One row a knowledge base: how many chunks are live, and the source of chunk ordinals. */
export const searchIndexes = pgTable(
  "search_indexes",
  {
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    nextOrdinal: integer("next_ordinal").notNull().default(0),
    nextSegment: integer("next_segment").notNull().default(0),
    liveChunks: integer("live_chunks").notNull().default(0),
    /** Raised by every change; caches compare it. */
    version: bigint("version", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.knowledgeBaseId] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

export const searchSegments = pgTable(
  "search_segments",
  {
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    segment: integer("segment").notNull(),
    /** Chunks with ordinals from `firstOrdinal` up to, not including, `endOrdinal`. */
    firstOrdinal: integer("first_ordinal").notNull(),
    endOrdinal: integer("end_ordinal").notNull(),
    /** How its rows were written: `FORMAT` of `lexical/codec.ts`. */
    format: integer("format").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.knowledgeBaseId, t.segment] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [searchIndexes.tenantId, searchIndexes.knowledgeBaseId],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

export const searchPostings = pgTable(
  "search_postings",
  {
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    bucket: integer("bucket").notNull(),
    segment: integer("segment").notNull(),
    data: bytes("data").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.knowledgeBaseId, t.bucket, t.segment] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId, t.segment],
      foreignColumns: [searchSegments.tenantId, searchSegments.knowledgeBaseId, searchSegments.segment],
    }).onDelete("cascade"),
    index("search_postings_segment_idx").on(t.tenantId, t.knowledgeBaseId, t.segment),
    tenantPolicy(),
  ],
).enableRLS();

/** Chunks that are gone from search at once, until a merge drops them from their segment. */
export const searchDeletions = pgTable(
  "search_deletions",
  {
    tenantId: tenantId(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    ordinal: integer("ordinal").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.knowledgeBaseId, t.ordinal] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [searchIndexes.tenantId, searchIndexes.knowledgeBaseId],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/** The vectors of one knowledge base by one embedding model: never two models in one space. */
export const vectorSpaces = pgTable(
  "vector_spaces",
  {
    tenantId: tenantId(),
    id: id(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    /** `provider:model`, as the embedding model names itself. */
    model: text("model").notNull(),
    dimensions: integer("dimensions").notNull(),
    /** Searches read the active one; one is built beside it at most; retired ones wait to be taken up again. */
    status: text("status", { enum: ["building", "active", "retired"] }).notNull(),
    /** Why its building stopped, in words for the owner; null while it goes on. */
    failure: text("failure"),
    /** When it was last switched to; null if it never was. */
    activatedAt: moment("activated_at"),
    /** Since when it is retired. */
    retiredAt: moment("retired_at"),
    createdAt: createdAt(),
    /** When its status changed, or vectors were last added while it was built. */
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
    uniqueIndex("vector_spaces_model_key").on(t.tenantId, t.knowledgeBaseId, t.model, t.dimensions),
    uniqueIndex("vector_spaces_active_key")
      .on(t.tenantId, t.knowledgeBaseId)
      .where(sql`${t.status} = 'active'`),
    uniqueIndex("vector_spaces_building_key")
      .on(t.tenantId, t.knowledgeBaseId)
      .where(sql`${t.status} = 'building'`),
    tenantPolicy(),
  ],
).enableRLS();

export const chunkVectors = pgTable(
  "chunk_vectors",
  {
    tenantId: tenantId(),
    spaceId: uuid("space_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    embedding: halfVector("embedding").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.spaceId, t.ordinal] }),
    foreignKey({
      columns: [t.tenantId, t.spaceId],
      foreignColumns: [vectorSpaces.tenantId, vectorSpaces.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/** One bit a dimension for each chunk, in blocks: what a dense search reads first, from memory. */
export const vectorSketches = pgTable(
  "vector_sketches",
  {
    tenantId: tenantId(),
    spaceId: uuid("space_id").notNull(),
    /** Ordinals from `block * 4096` on. */
    block: integer("block").notNull(),
    data: bytes("data").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.spaceId, t.block] }),
    foreignKey({
      columns: [t.tenantId, t.spaceId],
      foreignColumns: [vectorSpaces.tenantId, vectorSpaces.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();
