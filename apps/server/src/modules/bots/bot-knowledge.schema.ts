import { z } from "zod";
import { dataFormats, documentSchema } from "../knowledge/index.ts";

/** Which documents are meant: a bot's, or those of a knowledge base. */
export const scopeSchema = z.object({ botId: z.uuid().optional(), knowledgeBaseId: z.uuid().optional() });

/** Characters of a query, as many as a message may have. */
export const queryText = z.string().trim().min(1).max(8_000);

export const uploadSchema = scopeSchema.extend({
  /** Of a file that was sent, or of a document whose words are to be replaced by `content`. */
  documentId: z.uuid().optional(),
  name: z.string().trim().min(1).max(255).optional(),
  content: z.string().min(1).optional(),
  format: z.enum(["markdown", ...dataFormats]).default("markdown"),
  /** A media type, and bytes. */
  file: z.object({ type: z.string().max(200), size: z.number().int().nonnegative() }).optional(),
});

export const uploadedSchema = z.object({
  document: documentSchema.nullable(),
  upload: z
    .object({
      documentId: z.uuid(),
      storagePath: z.string(),
      uploadUrl: z.string(),
      headers: z.record(z.string(), z.string()),
    })
    .nullable(),
});

export const searchSchema = scopeSchema.extend({
  query: queryText,
  /** Only passages in this language. */
  language: z.enum(["en", "fr", "ar", "other"]).optional(),
  /** Passages that are chosen; the others that were looked at follow in `others`. */
  limit: z.number().int().min(1).max(40).default(10),
});

const score = z.number().nullable();
const rank = z.number().nullable();

/** A passage with the score of each stage; null: that stage did not find it. */
export const foundPassageSchema = z.object({
  chunkId: z.uuid(),
  documentId: z.uuid(),
  documentName: z.string(),
  version: z.number(),
  headingPath: z.array(z.string()),
  page: z.number().nullable(),
  startOffset: z.number(),
  endOffset: z.number(),
  text: z.string(),
  language: z.string(),
  /** `weighted`: the fused score, less for a passage in another language than the query's. */
  scores: z.object({
    bm25: score,
    dense: score,
    fused: z.number(),
    weighted: z.number(),
    rerank: z.number(),
  }),
  /** What the BM25 score consists of. */
  fields: z.object({ text: z.number(), title: z.number(), headings: z.number() }),
  /** Places from 1 among what words and vectors proposed, and after their fusion. */
  ranks: z.object({ bm25: rank, dense: rank, fused: z.number() }),
  /** Among the best; left out as it says the same as `duplicateOf`; or not among the best. */
  fate: z.enum(["chosen", "duplicate", "below"]),
  duplicateOf: z.uuid().nullable(),
});

export const foundSchema = z.object({
  /** The chosen ones, best first. */
  passages: z.array(foundPassageSchema),
  /** What else was looked at, best first. */
  others: z.array(foundPassageSchema),
  /** How many words proposed, how many vectors. */
  proposed: z.object({ bm25: z.number(), dense: z.number() }),
  liveChunks: z.number(),
  /** Why the search went by words alone; null when it had a vector. */
  embeddingFailure: z.string().nullable(),
  /** Milliseconds. */
  timings: z.object({ embedMs: z.number(), bm25Ms: z.number(), denseMs: z.number(), rerankMs: z.number() }),
});
