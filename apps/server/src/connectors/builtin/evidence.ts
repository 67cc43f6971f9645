import { z } from "zod";

/** What the extractive model reads from `providerOptions.builtin`: the question and the numbered sources. */
export const Evidence = z.object({
  question: z.string(),
  /** Language of the question; detected if absent. */
  language: z.enum(["en", "fr", "ar", "other"]).optional(),
  passages: z.array(
    z.object({
      /** The number by which the answer cites this source: 1, 2, 3 … */
      number: z.int().min(1),
      text: z.string(),
      /** The name of its document. */
      title: z.string().optional(),
      /** The headings above it, outermost first. */
      headingPath: z.array(z.string()).optional(),
      /** What it is written in; detected if absent. */
      language: z.string().optional(),
      /** The search's score; without it the order counts. */
      score: z.number().optional(),
    }),
  ),
  /** What is known of the whole knowledge base; without it a word is as rare as it is in the passages. */
  collection: z
    .object({
      liveChunks: z.int().min(0),
      /** How many chunks hold each term of the question. */
      frequencies: z.record(z.string(), z.number()),
    })
    .optional(),
});
export type Evidence = z.infer<typeof Evidence>;
