import { z } from "zod";
import { audiences, conversationSchema } from "../conversations/index.ts";

export const rangePresets = ["today", "7d", "30d", "90d", "thisMonth", "lastMonth", "custom"] as const;
export type RangePreset = (typeof rangePresets)[number];

/** A calendar day as it is, or a moment, whose day in the time zone is meant. */
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: "Give a day such as 2026-03-31, or a moment such as 2026-03-31T08:00:00Z.",
});

/** Which days, and whose questions. */
export const rangeSchema = z.object({
  /** 30d, unless days are given. */
  dateRangePreset: z
    .enum(rangePresets, { error: `Unknown range. There are ${rangePresets.join(", ")}.` })
    .optional(),
  /**
   * First and last day, both included; with the preset `custom` or without one. A first day alone goes on until
   * today, a last day alone ends thirty days.
   */
  startDate: day.optional(),
  endDate: day.optional(),
  /** The IANA name of the zone whose days are meant. */
  timeZone: z.string().max(100).default("UTC"),
  audience: z.enum(audiences).default("all"),
});
export type RangeInput = z.infer<typeof rangeSchema>;

const periodSchema = z.object({ startDate: z.string(), endDate: z.string() });

const totalsSchema = z.object({
  queries: z.number(),
  /** Milliseconds, over all of the answer; null without answers. */
  avgResponseTimeMs: z.number().nullable(),
  medianResponseTimeMs: z.number().nullable(),
  p95ResponseTimeMs: z.number().nullable(),
  positive: z.number(),
  negative: z.number(),
  /** 0 to 1; null without ratings. */
  positiveFeedbackRate: z.number().nullable(),
  /** Written by a model, quoted from the documents, not found, held back: together all queries. */
  byMode: z.object({
    model: z.number(),
    extractive: z.number(),
    abstained: z.number(),
    withheld: z.number(),
  }),
  /** Answers for which another model than the bot's own had to stand in. */
  fallbacks: z.number(),
  /** How often a person was asked for. */
  handOffs: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** US dollars. */
  cost: z.number(),
});
export type Totals = z.infer<typeof totalsSchema>;

/** Seed 001, section 2.10; what is absent was not measured. */
const entrySchema = z.object({
  date: z.string(),
  queryCount: z.number(),
  avgResponseTimeMs: z.number().optional(),
  positiveFeedbackRate: z.number().optional(),
  positive: z.number(),
  negative: z.number(),
  /** Abstained or withheld. */
  unanswered: z.number(),
  cost: z.number(),
});
export type AnalyticsEntry = z.infer<typeof entrySchema>;

const channelSchema = conversationSchema.shape.channel;

/** What the overview of all bots and that of one have in common. */
const figuresSchema = z.object({
  range: periodSchema.extend({
    preset: z.enum(rangePresets),
    days: z.number(),
    timeZone: z.string(),
    audience: z.enum(audiences),
    /** As many days right before, which the figures are compared with. */
    previous: periodSchema,
  }),
  totals: totalsSchema,
  previous: totalsSchema,
  /** A day each, without gaps. */
  queryTrend: z.array(entrySchema),
  models: z.array(
    z.object({
      model: z.string(),
      queries: z.number(),
      avgResponseTimeMs: z.number().nullable(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      cost: z.number(),
    }),
  ),
  /** How many answers have a confidence in each tenth, the lowest first. */
  confidence: z.array(z.number()).length(10),
  /** `other` where none was recognised; null for answers from before it was kept. */
  languages: z.array(z.object({ language: z.string().nullable(), queries: z.number() })),
  channels: z.array(z.object({ channel: channelSchema, queries: z.number() })),
  /** Seven days from Monday, each with its 24 hours, in the zone's time. */
  hours: z.array(z.array(z.number()).length(24)).length(7),
  /** Questions that got no answer, the most asked first. */
  unanswered: z.array(
    z.object({
      botId: z.uuid(),
      question: z.string(),
      count: z.number(),
      lastAskedAt: z.date(),
      /** The last one. */
      answerId: z.uuid(),
      conversationId: z.uuid(),
    }),
  ),
  citedDocuments: z.array(
    z.object({
      documentId: z.uuid(),
      /** As it was called when it was cited. */
      name: z.string(),
      answers: z.number(),
      citations: z.number(),
    }),
  ),
  feedbackSummary: z.object({
    positive: z.number(),
    negative: z.number(),
    unrated: z.number(),
    rate: z.number().nullable(),
    /** The newest. */
    comments: z.array(
      z.object({
        answerId: z.uuid(),
        conversationId: z.uuid(),
        botId: z.uuid(),
        question: z.string(),
        rating: z.enum(["up", "down"]),
        comment: z.string(),
        createdAt: z.date(),
      }),
    ),
  }),
});
export type Figures = z.infer<typeof figuresSchema>;

export const botAnalyticsSchema = figuresSchema.extend({ botId: z.uuid() });
export type BotAnalytics = z.infer<typeof botAnalyticsSchema>;

export const overviewSchema = figuresSchema.extend({
  totalQueries: z.number(),
  /** Milliseconds; 0 without answers. */
  avgResponseTime: z.number(),
  /** 0 to 1; null without ratings. */
  positiveFeedbackRate: z.number().nullable(),
  /** Every bot, the most asked first, also those that nobody asked. */
  bots: z.array(
    z.object({
      botId: z.uuid(),
      /** Null: it was deleted since. */
      name: z.string().nullable(),
      queries: z.number(),
      unanswered: z.number(),
      positive: z.number(),
      negative: z.number(),
      positiveFeedbackRate: z.number().nullable(),
      avgResponseTimeMs: z.number().nullable(),
      cost: z.number(),
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;
