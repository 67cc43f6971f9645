import { z } from "zod";
import { citationSchema } from "../answers/index.ts";
import { messageText } from "../conversations/index.ts";

export const portalLanguages = ["en", "fr", "ar"] as const;

/** Seed 003, `qaRouter`: names, bounds and results are the seed's. */
export const askSchema = z.object({
  question: messageText.max(1_000),
  language: z.enum(portalLanguages).default("en"),
  conversationId: z.uuid().optional(),
});
export type AskPortal = z.output<typeof askSchema>;

export const askedSchema = z.object({
  answer: z.string(),
  sources: z.array(citationSchema),
  /** 0 to 1. */
  confidence: z.number(),
  conversationId: z.uuid(),
  interactionId: z.uuid(),
});
export type Asked = z.output<typeof askedSchema>;

const interactionSchema = z.object({
  id: z.uuid(),
  question: z.string(),
  answer: z.string(),
  sources_used: z.array(citationSchema),
  confidence_score: z.number().nullable(),
  created_at: z.date(),
});

export const portalConversationSchema = z.object({
  id: z.uuid(),
  session_id: z.string(),
  language: z.enum(portalLanguages),
  started_at: z.date(),
  /** The latest 200, oldest first. */
  interactions: z.array(interactionSchema),
});
export type PortalConversation = z.output<typeof portalConversationSchema>;

export const feedbackSchema = z.object({
  interactionId: z.uuid(),
  rating: z.number().min(1).max(5),
  comment: z.string().trim().max(1_000).optional(),
});

export const ratedInteractionSchema = interactionSchema.extend({
  conversation_id: z.uuid(),
  feedback_rating: z.number(),
  feedback_comment: z.string().nullable(),
});
export type RatedInteraction = z.output<typeof ratedInteractionSchema>;

/** A moment, as JSON writes a date. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.date()], {
    error: "Give a moment such as 2026-03-31T08:00:00Z.",
  })
  .transform((value) => new Date(value));

export const periodSchema = z
  .object({ dateFrom: moment, dateTo: moment })
  .refine(({ dateFrom, dateTo }) => dateFrom <= dateTo, {
    path: ["dateTo"],
    error: "The period ends before it begins.",
  });

export const portalFiguresSchema = z.object({
  totalQuestions: z.number(),
  /** Milliseconds. */
  avgResponseTime: z.number(),
  avgConfidence: z.number(),
  /** Per cent of the questions. */
  feedbackRate: z.number(),
  /** 1 to 5; 0 where nothing was rated. */
  avgRating: z.number(),
});

export const portalSettingsSchema = z.object({
  /** The bot that was chosen; null: the first that can answer. */
  botId: z.uuid().nullable(),
  /** The bot that answers now; null: none can. */
  answeredBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
