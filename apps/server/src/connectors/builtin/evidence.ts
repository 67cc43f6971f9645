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
      title: z.string().optional(),
    }),
  ),
});
export type Evidence = z.infer<typeof Evidence>;
