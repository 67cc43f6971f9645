import { z } from "zod";
import { sentiments, severities } from "../conversations/index.ts";
import { labelKinds } from "./label-kinds.ts";

export type Severity = (typeof severities)[number];
export type Sentiment = (typeof sentiments)[number];

/** Which way something was made: by a connected model, or by what is built in. */
export const methodSchema = z.enum(["model", "builtin"]);
export type Method = z.infer<typeof methodSchema>;

export const mostExamples = 5_000;
export const mostIntentLabels = 150;
export const exampleLength = 1_000;

const confidence = z.number().min(0).max(1);

/** What messages are read for. Bounded like a message; NUL is kept by no database. */
export const wholeText = z
  .string()
  .overwrite((text) => text.toWellFormed().replaceAll("\0", ""))
  .trim()
  .min(1, "Write a text.")
  .max(8_000, "A text has at most 8,000 characters.");

/** "Card arrival" is the same label as "card_arrival". */
export const labelName = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, "Give the label a name.")
  .max(60, "A label has at most 60 characters.")
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} _-]*$/u, "A label has letters, digits, spaces, “_” and “-”.")
  .transform((name) => name.replaceAll(/[ -]+/g, "_"));

/** Seed 004, "POST /ai/classify", and which way it was made. */
export const classificationSchema = z.object({
  intent: z.string(),
  intentConfidence: confidence,
  severity: z.enum(severities),
  severityConfidence: confidence,
  sentiment: z.enum(sentiments),
  /** -1 the worst, 1 the best. */
  sentimentScore: z.number().min(-1).max(1),
  entities: z.object({
    accountIds: z.array(z.string()),
    errorCodes: z.array(z.string()),
    orderNumbers: z.array(z.string()),
    amounts: z.array(z.string()),
    emails: z.array(z.string()),
  }),
  suggestedAction: z.enum(["respond", "route", "escalate"]),
  suggestedSkills: z.array(z.string()),
  escalationRecommended: z.boolean(),
  language: z.string(),
  /** The model's name, or which built-in one with which revision of the tenant's labels. */
  modelVersion: z.string(),
  method: methodSchema,
  /** Why a connected model did not do it; null where it did, or there is none. */
  fallbackReason: z.string().nullable(),
});
export type MessageClassification = z.infer<typeof classificationSchema>;

export const classifyInput = z.object({
  text: wholeText,
  /** What was said before, oldest first. */
  previousMessages: z.array(z.string().max(8_000)).max(50).optional(),
  customerSlaTier: z.string().max(60).optional(),
});
export type ClassifyInput = z.infer<typeof classifyInput>;

const textOfExample = z
  .string()
  .overwrite((text) => text.toWellFormed().replaceAll("\0", ""))
  .trim()
  .min(1, "Write an example.")
  .max(exampleLength, "An example has at most 1,000 characters.");

/** A severity and a sentiment are one of the list; an intent may be the tenant's own. */
export const newExample = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("intent"), label: labelName, text: textOfExample }),
  z.object({ kind: z.literal("severity"), label: z.enum(severities), text: textOfExample }),
  z.object({ kind: z.literal("sentiment"), label: z.enum(sentiments), text: textOfExample }),
]);
export type NewExample = z.infer<typeof newExample>;

export const exampleSchema = z.object({
  id: z.uuid(),
  kind: z.enum(labelKinds),
  label: z.string(),
  text: z.string(),
  language: z.string(),
  createdAt: z.date(),
});
export type LabelExample = z.infer<typeof exampleSchema>;

export const labelListInput = z.object({
  kind: z.enum(labelKinds),
  label: z.string().max(60).optional(),
  page: z.number().int().min(1).max(1_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});

export const labelListSchema = z.object({
  items: z.array(exampleSchema),
  meta: z.object({ page: z.number(), totalPages: z.number(), total: z.number() }),
  /** Every label that may be told, with how many of the tenant's examples teach it. */
  labels: z.array(z.object({ label: z.string(), isBuiltin: z.boolean(), examples: z.number() })),
  training: z.object({
    /** `builtin`: nothing was taught. */
    state: z.enum(["builtin", "training", "trained"]),
    /** 0 to 1: of examples that were held out, the share that was told right. */
    accuracy: z.number().nullable(),
    trainedAt: z.date().nullable(),
  }),
});
export type LabelList = z.infer<typeof labelListSchema>;

/** A reply that an agent may send, with what it rests on. */
export const suggestionSchema = z.object({
  /** Null where the documents answer nothing of it. */
  text: z.string().nullable(),
  /** The customer's question that it answers. */
  question: z.string().nullable(),
  confidence,
  sources: z.array(
    z.object({
      number: z.number(),
      documentId: z.uuid(),
      title: z.string(),
      quote: z.string(),
      version: z.number(),
      startOffset: z.number(),
      endOffset: z.number(),
      relevance: confidence,
    }),
  ),
  method: methodSchema,
  model: z.string().nullable(),
  fallbackReason: z.string().nullable(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const summarySchema = z.object({
  conversationId: z.uuid(),
  summary: z.string(),
  method: methodSchema,
  fallbackReason: z.string().nullable(),
});
export type Summary = z.infer<typeof summarySchema>;

/** What a colleague must know who takes the conversation. */
export const briefSchema = z.object({
  conversationId: z.uuid(),
  asked: z.string(),
  tried: z.array(z.string()),
  found: z.array(z.object({ documentId: z.uuid(), title: z.string() })),
  feeling: z.enum(sentiments),
  severity: z.enum(severities),
  intent: z.string(),
  language: z.string(),
  /** Why a person was asked for; null where nobody was. */
  reason: z.string().nullable(),
  method: methodSchema,
  fallbackReason: z.string().nullable(),
  writtenAt: z.date(),
});
export type Brief = z.infer<typeof briefSchema>;

export const translateInput = z.object({
  text: wholeText,
  /** ISO 639-1. */
  to: z.string().regex(/^[a-z]{2}$/, "Name a language by its two letters, such as en, fr or ar."),
});

export const translationSchema = z.object({
  /** Null where it takes a model and none is connected, or it failed. */
  text: z.string().nullable(),
  /** ISO 639-1; null: not known. */
  from: z.string().nullable(),
  /** The language's English name. */
  fromName: z.string().nullable(),
  to: z.string(),
  method: methodSchema,
  /** Why there is no translation, in plain words. */
  notice: z.string().nullable(),
});
export type Translation = z.infer<typeof translationSchema>;
