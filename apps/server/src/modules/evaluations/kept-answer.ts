import { z } from "zod";
import { answerSchema, claimSchema, quotationSchema } from "../answers/index.ts";

/** What is kept of an answer that nobody was given. */
export const keptAnswerSchema = z.object({
  text: z.string(),
  /** What the message was taken for: a question, small talk, or a wish for a person. */
  intent: z.string(),
  verdict: z.enum(["correct", "ambiguous", "incorrect"]),
  mode: z.enum(["model", "extractive", "abstained", "withheld"]),
  confidence: z.number(),
  model: z.string(),
  fallbackReason: z.string().nullable(),
  claims: z.array(claimSchema),
  citations: z.array(quotationSchema),
  inputTokens: z.number(),
  outputTokens: z.number(),
  trace: answerSchema.shape.trace,
  /** Why there is no answer, for the owner; null where there is one. */
  failure: z.string().nullable(),
});
export type KeptAnswer = z.infer<typeof keptAnswerSchema>;
