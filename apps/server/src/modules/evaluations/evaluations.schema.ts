import { z } from "zod";
import { answerSchema } from "../answers/index.ts";
import { unsupportedClaims } from "../bots/bots.tables.ts";
import { providerSchema } from "../bots/index.ts";
import { messageText } from "../conversations/index.ts";
import { caseOrigins, expectations, reasons, runKinds, runStatuses } from "./evaluations.types.ts";
import { keptAnswerSchema } from "./kept-answer.ts";

/** Cases of one bot; a run asks them all. */
export const maxCases = 500;
/** Runs of a tenant that wait or work at once. */
export const maxActiveRuns = 3;
/** Finished runs of a bot that are kept; older ones go when another starts. */
export const keptRuns = 200;

const storable = z.string().overwrite((text) => text.toWellFormed().replaceAll("\0", ""));
const phrase = storable.trim().min(1).max(4_000);

export const historySchema = z
  .array(z.object({ author: z.enum(["customer", "bot"]), text: messageText }))
  .max(20);

/** What a case asks and expects; all but the question may be left out. */
export const caseInputSchema = z.object({
  question: messageText,
  history: historySchema.default([]),
  expects: z.enum(expectations).default("answer"),
  goldAnswers: z.array(phrase).max(10).default([]),
  mustContain: z.array(phrase).max(10).default([]),
  goldDocumentId: z.uuid().nullable().default(null),
  goldQuote: phrase.nullable().default(null),
});
export type CaseInput = z.infer<typeof caseInputSchema>;

export const caseChangeSchema = z.object({
  caseId: z.uuid(),
  question: messageText.optional(),
  history: historySchema.optional(),
  expects: z.enum(expectations).optional(),
  goldAnswers: z.array(phrase).max(10).optional(),
  mustContain: z.array(phrase).max(10).optional(),
  goldDocumentId: z.uuid().nullable().optional(),
  goldQuote: phrase.nullable().optional(),
  isEnabled: z.boolean().optional(),
});

const contentSchema = z.object({
  question: z.string(),
  history: z.array(z.object({ author: z.enum(["customer", "bot"]), text: z.string() })),
  expects: z.enum(expectations),
  goldAnswers: z.array(z.string()),
  mustContain: z.array(z.string()),
  goldDocumentId: z.uuid().nullable(),
  goldQuote: z.string().nullable(),
});

export const caseSchema = contentSchema.extend({
  id: z.uuid(),
  botId: z.uuid(),
  isEnabled: z.boolean(),
  origin: z.enum(caseOrigins),
  /** The answer, conversation or document that it was made from. */
  originId: z.uuid().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type EvaluationCase = z.infer<typeof caseSchema>;

const page = z.number().int().min(1).max(100_000).default(1);
const pageSize = z.number().int().min(1).max(100).default(20);

export const listCasesSchema = z.object({
  botId: z.uuid(),
  page,
  pageSize,
  search: storable.trim().max(100).optional(),
  expects: z.enum(expectations).optional(),
  origin: z.enum(caseOrigins).optional(),
  isEnabled: z.boolean().optional(),
});

export const makers = ["feedback", "reviews", "conversations", "document", "other_domain"] as const;
export const makeCasesSchema = z.object({
  botId: z.uuid(),
  from: z.enum(makers),
  /** Of a document that cases are made from. */
  documentId: z.uuid().optional(),
  /** How many at most. */
  limit: z.number().int().min(1).max(50).default(20),
});

export const addedSchema = z.object({
  added: z.number(),
  /** Questions that the bot has a case of already. */
  duplicates: z.number(),
  /** Left out because the bot has as many cases as it may have. */
  overLimit: z.number(),
});
export type Added = z.infer<typeof addedSchema>;

export const importCasesSchema = z.object({ botId: z.uuid(), csv: z.string().min(1).max(1_000_000) });
export const importedSchema = addedSchema.extend({
  errors: z.array(z.object({ line: z.number(), message: z.string() })),
});

/** What a run or a replay answers with in place of what the bot has. */
export const draftSchema = z.object({
  /** A text that is not saved. */
  prompt: storable.min(1).max(20_000).optional(),
  /** A saved prompt; its newest version where none is named. */
  promptId: z.uuid().optional(),
  promptVersion: z.number().int().min(1).max(2_147_483_647).optional(),
  modelProvider: providerSchema.optional(),
  model: storable.trim().min(1).max(200).optional(),
  topK: z.number().int().min(1).max(10).optional(),
  unsupportedClaims: z.enum(unsupportedClaims).optional(),
  withholdBelow: z.number().min(0).max(1).optional(),
});
export type DraftInput = z.infer<typeof draftSchema>;

export const startRunSchema = draftSchema.extend({
  botId: z.uuid(),
  name: storable.trim().min(1).max(100).optional(),
  /** Some of the bot's cases; all enabled ones where absent. */
  caseIds: z.array(z.uuid()).min(1).max(maxCases).optional(),
});

const share = z.number().nullable();
export const summarySchema = z.object({
  cases: z.number(),
  passed: z.number(),
  failed: z.number(),
  retrieval: z.object({ cases: z.number(), hit: share, mrr: share, ndcg: share }),
  faithfulness: z.object({ cases: z.number(), value: share }),
  correctness: z.object({ cases: z.number(), correct: share, tokenF1: share }),
  refusal: z.object({ precision: share, recall: share, expected: z.number(), refused: z.number() }),
  handoff: z.object({ precision: share, recall: share, expected: z.number(), handedOff: z.number() }),
  latency: z.object({ p50: share, p95: share }),
  cost: z.number(),
  fallbacks: z.number(),
  reasons: z.partialRecord(z.enum(reasons), z.number()),
});

export const runSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  kind: z.enum(runKinds),
  conversationId: z.uuid().nullable(),
  name: z.string().nullable(),
  status: z.enum(runStatuses),
  failure: z.string().nullable(),
  promptId: z.uuid().nullable(),
  promptVersion: z.number().nullable(),
  promptSha256: z.string(),
  settings: z.object({
    modelProvider: z.string().nullable(),
    model: z.string().nullable(),
    topK: z.number().nullable(),
    unsupportedClaims: z.enum(unsupportedClaims).nullable(),
    withholdBelow: z.number().nullable(),
  }),
  /** All enabled cases by the bot's own settings: publishing may rest on it. */
  isWhole: z.boolean(),
  total: z.number(),
  done: z.number(),
  passed: z.number(),
  cost: z.number(),
  createdAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
});
export type EvaluationRun = z.infer<typeof runSchema>;

/** With the text, and what it has come to so far. */
export const runDetailSchema = runSchema.extend({ prompt: z.string(), summary: summarySchema });
export type EvaluationRunDetail = z.infer<typeof runDetailSchema>;

export const listRunsSchema = z.object({ botId: z.uuid(), page, pageSize });

const scoresSchema = z.object({
  hit: z.boolean().nullable(),
  rank: share,
  reciprocalRank: share,
  ndcg: share,
  faithfulness: share,
  contained: z.boolean().nullable(),
  tokenF1: share,
});

/** One question of a run, without the trace. */
export const resultSchema = z.object({
  itemId: z.uuid(),
  position: z.number(),
  content: contentSchema,
  /** Null until it was asked. */
  passed: z.boolean().nullable(),
  reason: z.enum(reasons).nullable(),
  answer: keptAnswerSchema.omit({ trace: true }).nullable(),
  scores: scoresSchema.nullable(),
  latencyMs: share,
  cost: share,
});
export type EvaluationResult = z.infer<typeof resultSchema>;
export const resultDetailSchema = resultSchema.extend({ answer: keptAnswerSchema.nullable() });

export const listResultsSchema = z.object({
  runId: z.uuid(),
  page,
  pageSize,
  passed: z.boolean().optional(),
});

export const changes = ["regressed", "fixed", "same"] as const;
export const compareSchema = z.object({
  runId: z.uuid(),
  baseRunId: z.uuid(),
  page,
  pageSize,
  /** Only the cases that moved so. */
  change: z.enum(changes).optional(),
});
export const comparedCaseSchema = z.object({
  itemId: z.uuid(),
  change: z.enum(changes),
  before: resultSchema,
  after: resultSchema,
});
export const comparisonTotalsSchema = z.object({
  /** Cases that both runs have answered. */
  cases: z.number(),
  passedBefore: z.number(),
  passedAfter: z.number(),
  regressed: z.number(),
  fixed: z.number(),
  /** Of the exact sign test over the cases that moved: how likely as much is by chance. */
  pValue: z.number(),
});

export const startReplaySchema = draftSchema.extend({
  conversationId: z.uuid(),
  /** Only the question that this answer was given to; all of the customer's where absent. */
  answerId: z.uuid().optional(),
});

export const replaySchema = z.object({
  run: runSchema,
  turns: z.array(
    z.object({
      itemId: z.uuid(),
      question: z.string(),
      /** What was said then; null where the bot was silent, or only greeted. */
      before: answerSchema.extend({ text: z.string() }).nullable(),
      /** What would be said now; null until it was asked. */
      after: keptAnswerSchema.extend({ latencyMs: share, cost: share }).nullable(),
      failed: z.boolean(),
    }),
  ),
});
