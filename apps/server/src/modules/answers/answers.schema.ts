import { z } from "zod";
import { answerStages } from "./answers.types.ts";

export const citationSchema = z.object({
  number: z.number(),
  documentId: z.uuid(),
  documentName: z.string(),
  version: z.number(),
  chunkId: z.uuid(),
  headingPath: z.array(z.string()),
  page: z.number().nullable(),
  startOffset: z.number(),
  endOffset: z.number(),
  quote: z.string(),
});
export type Citation = z.infer<typeof citationSchema>;

export const claimSchema = z.object({
  text: z.string(),
  citations: z.array(z.number()),
  verdict: z.enum(["supported", "unsupported", "uncited", "not_a_claim"]),
  score: z.number(),
  reasons: z.array(z.string()),
});

const stageSchema = z.object({
  stage: z.enum(answerStages),
  ms: z.number(),
  summary: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const verdictSchema = z.enum(["correct", "ambiguous", "incorrect"]);
export const modeSchema = z.enum(["model", "extractive", "abstained", "withheld"]);

export const answerSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  messageId: z.uuid(),
  question: z.string(),
  verdict: verdictSchema,
  confidence: z.number(),
  mode: modeSchema,
  model: z.string(),
  fallbackReason: z.string().nullable(),
  claims: z.array(claimSchema),
  citations: z.array(citationSchema),
  trace: z.object({
    language: z.string(),
    standaloneQuestion: z.string(),
    promptId: z.uuid().nullable(),
    promptVersion: z.number().nullish(),
    instructions: z.string(),
    passages: z.array(
      z.object({
        number: z.number(),
        chunkId: z.string(),
        documentId: z.string(),
        version: z.number(),
        score: z.number(),
      }),
    ),
    stages: z.array(stageSchema),
  }),
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** The provider did not tell the tokens: they were estimated from the text's length. */
  usageEstimated: z.boolean(),
  /** US dollars, at the price of that moment. */
  cost: z.number(),
  latencyMs: z.number(),
  rating: z.enum(["up", "down"]).nullable(),
  createdAt: z.date(),
});
export type Answer = z.infer<typeof answerSchema>;
