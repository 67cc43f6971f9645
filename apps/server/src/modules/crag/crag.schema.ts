import { z } from "zod";
import { rangeSchema } from "../analytics/index.ts";
import { refinements } from "../answers/index.ts";
import { scopeSchema } from "../bots/index.ts";

const verdict = z.enum(["correct", "ambiguous", "incorrect"]);
const share = z.number().min(0).max(1);

/** One of botId and knowledgeBaseId is needed. */
export const questionSchema = scopeSchema.extend({
  question: z.string().trim().min(1).max(8_000),
  /** Passages that an answer would be made of; by default the bot's own number. */
  topK: z.number().int().min(1).max(10).optional(),
});
export type QuestionInput = z.infer<typeof questionSchema>;

export const evidenceSchema = z.object({
  documentId: z.uuid(),
  documentName: z.string(),
  version: z.number(),
  chunkId: z.uuid(),
  headingPath: z.array(z.string()),
  page: z.number().nullable(),
  startOffset: z.number(),
  endOffset: z.number(),
  /** How it begins. */
  excerpt: z.string(),
  scores: z.object({
    bm25: z.number().nullable(),
    dense: z.number().nullable(),
    fused: z.number(),
    rerank: z.number(),
  }),
});

export const refinementSchema = z.object({
  query: z.string(),
  /** Before the second search, and after it: the better one counts. */
  confidenceBefore: share,
  helped: z.boolean(),
});

export const evaluationSchema = z.object({
  id: z.uuid(),
  botId: z.uuid().nullable(),
  knowledgeBaseId: z.uuid(),
  question: z.string(),
  language: z.string(),
  verdict,
  /** How likely it is that the evidence holds the answer. */
  confidence: share,
  /** Terms of the question that no passage holds. */
  missingTerms: z.array(z.string()),
  /** Best first. */
  evidence: z.array(evidenceSchema),
  /** Null: the evidence was not searched for once more. */
  refinement: refinementSchema.nullable(),
  /** Milliseconds. */
  ms: z.number(),
  createdAt: z.date(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

export const refinedQuerySchema = z.object({
  question: z.string(),
  language: z.string(),
  /** Null: there is nothing to leave out. */
  refined: z.string().nullable(),
  /** What the query leaves out: words that no passage holds, and words that say little. */
  dropped: z.array(z.object({ word: z.string(), reason: z.enum(["missing", "filler"]) })),
  missingTerms: z.array(z.string()),
  /** Of the evidence by the question as it stands. An answer refines it only where it is ambiguous. */
  verdict,
  confidence: share,
});
export type RefinedQuery = z.infer<typeof refinedQuerySchema>;

export const listSchema = rangeSchema
  .extend({
    botId: z.uuid().optional(),
    verdict: verdict.optional(),
    /** Those that somebody asked for, or those of answers; both if absent. */
    origin: z.enum(["evaluation", "answer"]).optional(),
    page: z.number().int().min(1).max(1_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
  })
  .prefault({});
export type ListInput = z.infer<typeof listSchema>;

/** One line of the list. The whole of an answer's is in `answers.get`, by the same id. */
export const listedSchema = z.object({
  id: z.uuid(),
  origin: z.enum(["evaluation", "answer"]),
  botId: z.uuid().nullable(),
  question: z.string(),
  verdict,
  confidence: share,
  /** Null for answers from before it was kept. */
  refinement: z.enum(refinements).nullable(),
  rating: z.enum(["up", "down"]).nullable(),
  ms: z.number().nullable(),
  createdAt: z.date(),
});
export type Listed = z.infer<typeof listedSchema>;

export const metricsInputSchema = rangeSchema.extend({ botId: z.uuid().optional() }).prefault({});
export type MetricsInput = z.infer<typeof metricsInputSchema>;

const figures = z.object({
  total: z.number(),
  verdicts: z.object({ correct: z.number(), ambiguous: z.number(), incorrect: z.number() }),
  /** How many were searched for once more, and how many of these to the better. Shares are null without any. */
  refined: z.number(),
  refineRate: share.nullable(),
  helped: z.number(),
  helpRate: share.nullable(),
  /** Milliseconds that half, and 95 of 100, stayed within; null without any. */
  msP50: z.number().nullable(),
  msP95: z.number().nullable(),
});
export type CragFigures = z.infer<typeof figures>;

export const metricsSchema = z.object({
  range: z.object({ startDate: z.string(), endDate: z.string(), timeZone: z.string() }),
  answers: figures,
  evaluations: figures,
  /** Answers by tenth of their confidence, the lowest first, and how people rated them. */
  confidence: z
    .array(z.object({ from: z.number(), answers: z.number(), up: z.number(), down: z.number() }))
    .length(10),
});
export type Metrics = z.infer<typeof metricsSchema>;
