import { z } from "zod";
import { rangeSchema } from "../analytics/index.ts";
import { answerSchema, claimSchema, contradictionSchema } from "../answers/index.ts";
import { contradictionKinds, contradictionStatuses, reviewVerdicts } from "./quality.tables.ts";

const page = {
  page: z.number().int().min(1).max(10_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
};
const share = z.number().min(0).max(1);

export const checkInputSchema = z.object({
  /** An answer that was given; or else `answer` with `sources`. */
  answerId: z.uuid().optional(),
  answer: z.string().trim().min(1).max(20_000).optional(),
  /** Numbered from 1 in their order, as the answer's marks cite them. */
  sources: z
    .array(z.object({ text: z.string().min(1).max(20_000), title: z.string().max(300).optional() }))
    .max(20)
    .optional(),
  /** Detected if absent. */
  language: z.enum(["en", "fr", "ar", "other"]).optional(),
});
export type CheckInput = z.infer<typeof checkInputSchema>;

export const checkSchema = z.object({
  answerId: z.uuid().nullable(),
  answer: z.string(),
  /** Sentence by sentence, with its place in `answer`. */
  claims: z.array(claimSchema.omit({ judgedBy: true }).extend({ start: z.number(), end: z.number() })),
  checkedClaims: z.number(),
  supportedClaims: z.number(),
  supportedShare: share,
  /** Not everything that was said is supported. */
  isHallucinated: z.boolean(),
  /** Sources that are no longer there as they were: their claims were checked against the kept quotes alone. */
  missingSources: z.array(z.number()),
  /** Milliseconds. */
  ms: z.number(),
});
export type Check = z.infer<typeof checkSchema>;

export const reviewInputSchema = z.object({
  answerId: z.uuid(),
  /** Null takes the review back. */
  verdict: z.enum(reviewVerdicts).nullable(),
  note: z.string().trim().max(2_000).optional(),
});

export const reviewSchema = z.object({
  verdict: z.enum(reviewVerdicts),
  note: z.string().nullable(),
  /** Null where the person is gone. */
  reviewer: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Review = z.infer<typeof reviewSchema>;

export const reviewFilters = ["any", "reviewed", "unreviewed", ...reviewVerdicts] as const;

export const listInputSchema = rangeSchema
  .extend({
    ...page,
    botId: z.uuid().optional(),
    review: z.enum(reviewFilters).default("any"),
    /** Only answers with less confidence than this. */
    confidenceBelow: share.optional(),
    /** Only answers with a claim that is not supported. */
    unsupported: z.boolean().optional(),
    rating: z.enum(["up", "down"]).optional(),
    /** `doubtful`: unsupported claims first, then the least confident. */
    sort: z.enum(["newest", "doubtful"]).default("newest"),
  })
  .prefault({});
export type ListInput = z.infer<typeof listInputSchema>;

export const reviewableSchema = answerSchema
  .pick({
    id: true,
    conversationId: true,
    messageId: true,
    question: true,
    verdict: true,
    confidence: true,
    mode: true,
    model: true,
    claims: true,
    rating: true,
    createdAt: true,
  })
  .extend({
    bot: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    answer: z.string(),
    /** Null for answers from before it was kept. */
    checkedClaims: z.number().nullable(),
    supportedClaims: z.number().nullable(),
    review: reviewSchema.nullable(),
  });
export type Reviewable = z.infer<typeof reviewableSchema>;

export const metricsInputSchema = rangeSchema.extend({ botId: z.uuid().optional() }).prefault({});
export type MetricsInput = z.infer<typeof metricsInputSchema>;

const totalsSchema = z.object({
  answers: z.number(),
  /** Given, not found, held back; together all answers. */
  answered: z.number(),
  abstained: z.number(),
  withheld: z.number(),
  /** How often a person was asked for. */
  handedOver: z.number(),
  /** Shares of all answers, 0 to 1; null without answers. */
  answeredShare: share.nullable(),
  abstainedShare: share.nullable(),
  withheldShare: share.nullable(),
  /** Of the answers that were checked. */
  claims: z.number(),
  supportedClaims: z.number(),
  supportedShare: share.nullable(),
  /** Claims without support among all: the hallucination rate. */
  unsupportedRate: share.nullable(),
  /** Answers that stand on passages which others contradict. */
  contradicted: z.number(),
  reviews: z.object({ correct: z.number(), partly: z.number(), wrong: z.number() }),
  /** Correct ones, and half of those partly so, among the reviewed. */
  reviewedShareRight: share.nullable(),
  verifyMs: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
});
export type QualityTotals = z.infer<typeof totalsSchema>;

const days = z.object({ startDate: z.string(), endDate: z.string() });

export const metricsSchema = z.object({
  range: days.extend({ days: z.number(), timeZone: z.string(), previous: days }),
  totals: totalsSchema,
  /** The same over as many days right before. */
  previous: totalsSchema,
  /** Answers by stated confidence, in tenths, against what people said of them: a review, else a rating. */
  calibration: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      answers: z.number(),
      meanConfidence: share.nullable(),
      judged: z.number(),
      rightShare: share.nullable(),
    }),
  ),
  /** A day each, without gaps. */
  trend: z.array(
    z.object({
      date: z.string(),
      answers: z.number(),
      answered: z.number(),
      abstained: z.number(),
      withheld: z.number(),
      claims: z.number(),
      unsupportedClaims: z.number(),
      supportedShare: share.nullable(),
      meanConfidence: share.nullable(),
    }),
  ),
  /** The bots that were asked, the most asked first; with one bot chosen, that one. */
  bots: z.array(
    z.object({
      botId: z.uuid(),
      /** Null: it was deleted since. */
      name: z.string().nullable(),
      answers: z.number(),
      answeredShare: share,
      supportedShare: share.nullable(),
    }),
  ),
});
export type Metrics = z.infer<typeof metricsSchema>;

export const contradictionsInputSchema = z
  .object({
    ...page,
    botId: z.uuid().optional(),
    status: z.enum(contradictionStatuses).default("open"),
  })
  .prefault({});

export const listedContradictionSchema = contradictionSchema.extend({
  id: z.uuid(),
  kind: z.enum(contradictionKinds),
  bot: z.object({ id: z.uuid(), name: z.string() }),
  status: z.enum(contradictionStatuses),
  /** How many answers rested on either passage. */
  occurrences: z.number(),
  lastAnswerId: z.uuid(),
  firstSeenAt: z.date(),
  lastSeenAt: z.date(),
});
export type ListedContradiction = z.infer<typeof listedContradictionSchema>;
