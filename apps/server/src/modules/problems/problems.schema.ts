import { z } from "zod";
import { problemStatuses } from "./problem-state.ts";
import { articleStatuses, occurrenceKinds, testStatuses } from "./problems.tables.ts";

const page = z.number().int().min(1).max(1_000_000).default(1);
const pageSize = z.number().int().min(1).max(100).default(20);

export const problemSorts = ["occurrences", "lastSeenAt", "createdAt"] as const;
export const listProblemsSchema = z
  .object({
    page,
    pageSize,
    status: z.enum(problemStatuses).optional(),
    botId: z.uuid().optional(),
    /** In any of its questions. */
    search: z.string().trim().max(100).optional(),
    /** By default by occurrences. */
    sort: z.enum(problemSorts).default("occurrences"),
    direction: z.enum(["asc", "desc"]).default("desc"),
  })
  .prefault({});
export type ListProblems = z.infer<typeof listProblemsSchema>;

/** Days that a trend looks back on, today the last. */
export const trendDays = 14;

const testedSchema = z.object({
  questionId: z.uuid(),
  question: z.string(),
  isAnswered: z.boolean(),
  reason: z.string().nullable(),
  answer: z.string(),
  mode: z.enum(["model", "extractive", "abstained", "withheld"]),
  confidence: z.number(),
  documents: z.array(z.object({ id: z.uuid(), name: z.string() })),
});

export const testSchema = z.object({
  id: z.uuid(),
  problemId: z.uuid(),
  articleId: z.uuid().nullable(),
  status: z.enum(testStatuses),
  /** Questions to ask again; those that were are in `results`. */
  total: z.number(),
  results: z.array(testedSchema),
  answeredShare: z.number().nullable(),
  failure: z.string().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type ProblemTest = z.infer<typeof testSchema>;

export const articleSchema = z.object({
  id: z.uuid(),
  problemId: z.uuid(),
  botId: z.uuid(),
  title: z.string(),
  content: z.string(),
  status: z.enum(articleStatuses),
  writtenBy: z.string(),
  fallbackReason: z.string().nullable(),
  sources: z.array(z.object({ conversationId: z.uuid(), repliedAt: z.string() })),
  revision: z.number(),
  /** Of the document that it became; null until it was approved. */
  documentId: z.uuid().nullable(),
  decidedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  decidedAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ProblemArticle = z.infer<typeof articleSchema>;

export const problemSchema = z.object({
  id: z.uuid(),
  bot: z.object({ id: z.uuid(), name: z.string() }),
  question: z.string(),
  status: z.enum(problemStatuses),
  /** What it may become. */
  allowed: z.array(z.enum(problemStatuses)),
  occurrences: z.number(),
  questionCount: z.number(),
  /** How many answers show each sign; one answer may show several. */
  kinds: z.record(z.enum(occurrenceKinds), z.number()),
  /** Occurrences of each of the last 14 days in UTC, today the last. */
  trend: z.array(z.number()),
  /** Of its latest article. */
  articleStatus: z.enum(articleStatuses).nullable(),
  /** Of its latest test that ended. */
  answeredShare: z.number().nullable(),
  resolvedBy: z.enum(["person", "evidence"]).nullable(),
  resolvedAt: z.date().nullable(),
  reopenedAt: z.date().nullable(),
  lastSeenAt: z.date(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Problem = z.infer<typeof problemSchema>;

export const statusCountsSchema = z.record(z.enum(problemStatuses), z.number());

export const problemDetailSchema = problemSchema.extend({
  /** The most frequent first; at most 100. */
  questions: z.array(
    z.object({
      id: z.uuid(),
      question: z.string(),
      language: z.string().nullable(),
      occurrences: z.number(),
      kinds: z.array(z.enum(occurrenceKinds)),
      /** A person put it here. */
      isPlaced: z.boolean(),
      lastSeenAt: z.date(),
    }),
  ),
  /** The latest answers that were no good; at most 50. */
  answers: z.array(
    z.object({
      answerId: z.uuid(),
      conversationId: z.uuid(),
      questionId: z.uuid(),
      question: z.string(),
      kinds: z.array(z.enum(occurrenceKinds)),
      comment: z.string().nullable(),
      createdAt: z.date(),
      /** Null where it was deleted. */
      answer: z
        .object({
          text: z.string(),
          mode: z.enum(["model", "extractive", "abstained", "withheld"]),
          verdict: z.enum(["correct", "ambiguous", "incorrect"]),
          confidence: z.number(),
        })
        .nullable(),
    }),
  ),
  /** The latest first; at most 20. */
  articles: z.array(articleSchema),
  /** The latest first; at most 10. */
  tests: z.array(testSchema),
});
export type ProblemDetail = z.infer<typeof problemDetailSchema>;

export const clusteringSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  status: z.enum(["waiting", "running", "done", "failed"]),
  done: z.number(),
  total: z.number(),
  problemsBefore: z.number().nullable(),
  problemsAfter: z.number().nullable(),
  failure: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Clustering = z.infer<typeof clusteringSchema>;

export const articleTitle = z.string().trim().min(1).max(200);
/** As Markdown. */
export const articleContent = z.string().trim().min(1).max(20_000);
