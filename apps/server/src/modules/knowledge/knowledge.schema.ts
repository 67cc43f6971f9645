import { z } from "zod";
import type { Fate, FieldScores } from "../retrieval/index.ts";
import { staleAfterBounds } from "./freshness.ts";
import { documentSourceTypes, documentStatuses } from "./knowledge.tables.ts";

export const documentStages = ["queued", "reading", "chunking", "embedding", "indexing"] as const;

/** A document as every face shows it. */
export const documentSchema = z.object({
  id: z.uuid(),
  knowledgeBaseId: z.uuid(),
  name: z.string(),
  sourceType: z.enum(documentSourceTypes),
  /** The web source that brought it, and its address there. */
  sourceId: z.uuid().nullable(),
  url: z.string().nullable(),
  mediaType: z.string().nullable(),
  /** Bytes. */
  size: z.number().nullable(),
  status: z.enum(documentStatuses),
  stage: z.enum(documentStages).nullable(),
  /** 0 to 100 of the current processing. */
  progress: z.number(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  chunkCount: z.number(),
  language: z.string().nullable(),
  processedAt: z.date().nullable(),
  /** When its content was given, read anew from the web, or said to hold still: how old it is. */
  refreshedAt: z.date(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type KnowledgeDocument = z.infer<typeof documentSchema>;

export const documentContentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Where it stands on the web, by http or https. */
  url: z.string().nullable(),
  version: z.number(),
  currentVersion: z.number().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  pages: z.array(z.object({ number: z.number(), start: z.number() })),
  mediaType: z.string().nullable(),
  language: z.string().nullable(),
  status: z.enum(documentStatuses),
  chunkCount: z.number(),
  downloadUrl: z.string().nullable(),
});
export type DocumentContent = z.infer<typeof documentContentSchema>;

export const chunkSchema = z.object({
  id: z.uuid(),
  position: z.number(),
  text: z.string(),
  headingPath: z.array(z.string()),
  page: z.number().nullable(),
  startOffset: z.number(),
  endOffset: z.number(),
});

/** A passage that search looked at, chosen or not, with its places. */
export interface SearchCandidate {
  passage: Passage;
  /** From 1, among what words and vectors proposed; null: that one did not propose it. */
  ranks: { bm25: number | null; dense: number | null; fused: number };
  /** What its BM25 score consists of. */
  fields: FieldScores;
  /** What `fused` came to: less for a passage in another language than the question's. */
  weighted: number;
  otherLanguage: boolean;
  fate: Fate;
  /** The place among the candidates, from 0, of the better one that says the same. */
  duplicateOf: number | null;
}

/** A passage that search found, with the score of each stage. A null score: that stage did not find it. */
export interface Passage {
  chunkId: string;
  ordinal: number;
  documentId: string;
  documentName: string;
  version: number;
  headingPath: string[];
  page: number | null;
  startOffset: number;
  endOffset: number;
  text: string;
  language: string;
  scores: { bm25: number | null; dense: number | null; fused: number; rerank: number };
}

/** Beyond what every face shows of a document: whether its owner should look at it again. */
export const listedDocumentSchema = documentSchema.extend({ isStale: z.boolean() });
export type ListedDocument = z.infer<typeof listedDocumentSchema>;

export const listDocumentsSchema = z.object({
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
  /** Part of a name or an address. */
  search: z.string().trim().max(100).optional(),
  status: z.enum(documentStatuses).optional(),
  /** Only stale ones, or only those that are not. */
  stale: z.boolean().optional(),
  /** The latest added first, or the oldest content first. */
  sort: z.enum(["newest", "oldest"]).default("newest"),
});

export const staleAfterDays = z.number().int().min(staleAfterBounds.least).max(staleAfterBounds.most);

export const freshnessSchema = z.object({
  staleAfterDays: z.number(),
  /** Those that are searched. */
  documents: z.number(),
  stale: z.number(),
  /** When the one that is the oldest was last renewed; null without documents. */
  oldest: z.date().nullable(),
});
export type Freshness = z.infer<typeof freshnessSchema>;
