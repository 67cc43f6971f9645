import { z } from "zod";
import { answerStages, offerReasons } from "./answers.types.ts";

/** A place in a version of a document, and its words. */
export const quotationSchema = z.object({
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
export type Quotation = z.infer<typeof quotationSchema>;

/** A quotation that is kept for good, with what became of its source since. */
export const citationSchema = quotationSchema.extend({
  quoteSha256: z.string(),
  source: z.object({
    /** `replaced`: the document says something else now; `removed`: there is no such document any more. */
    state: z.enum(["current", "replaced", "removed"]),
    /** How old the cited content is, as an ISO date and time; null where that was not kept. */
    updatedAt: z.string().nullable(),
    /** Older than the knowledge base's owner wants its documents to be. */
    isStale: z.boolean(),
  }),
});
export type Citation = z.infer<typeof citationSchema>;

export const claimSchema = z.object({
  text: z.string(),
  citations: z.array(z.number()),
  verdict: z.enum(["supported", "unsupported", "uncited", "not_a_claim"]),
  score: z.number(),
  reasons: z.array(z.string()),
  /** The model that turned or upheld the verdict; absent where the built-in check decided alone. */
  judgedBy: z.string().optional(),
});

const placeSchema = z.object({
  documentId: z.uuid(),
  documentName: z.string(),
  version: z.number(),
  chunkId: z.uuid(),
  startOffset: z.number(),
  endOffset: z.number(),
  quote: z.string(),
});

/** Two places that say different things of the same. */
export const contradictionSchema = z.object({
  kind: z.enum(["number", "negation"]),
  reason: z.string(),
  first: placeSchema,
  second: placeSchema,
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
    offer: z.enum(offerReasons).nullish(),
    personality: z.object({ id: z.uuid(), name: z.string(), version: z.number() }).nullish(),
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
    contradictions: z.array(contradictionSchema).optional(),
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
