import type { BotRow } from "../bots/index.ts";

/** What the bot should do with a question. */
export const expectations = ["answer", "abstain", "handoff"] as const;
export type Expectation = (typeof expectations)[number];

/** Where a case is from. `other_domain`: a question that no document of the bot should answer. */
export const caseOrigins = [
  "manual",
  "csv",
  "thumbs_down",
  "review",
  "conversation",
  "document",
  "other_domain",
] as const;
export type CaseOrigin = (typeof caseOrigins)[number];

export const runStatuses = ["queued", "running", "completed", "cancelled", "failed"] as const;

/** `replay`: the turns of one past conversation, each beside the answer that it got then. */
export const runKinds = ["cases", "replay"] as const;

export interface HistoryTurn {
  author: "customer" | "bot";
  text: string;
}

/** What is asked and what is right, as a case says it. A run keeps its own copy: a case may change after it. */
export interface CaseContent {
  question: string;
  history: HistoryTurn[];
  expects: Expectation;
  /** Any one of them is right. */
  goldAnswers: string[];
  /** All of them stand in a right answer. */
  mustContain: string[];
  goldDocumentId: string | null;
  /** Words of the passage that holds the answer, as they stand in the document. */
  goldQuote: string | null;
}

/** What a run answers with; what is null is as the bot has it when the run starts. */
export interface RunSettings {
  modelProvider: string | null;
  model: string | null;
  topK: number | null;
  unsupportedClaims: BotRow["unsupportedClaims"] | null;
  withholdBelow: number | null;
}

/** Why a case passed or not. */
export const reasons = [
  "correct",
  "answered",
  "abstained_rightly",
  "handed_off_rightly",
  "wrong_answer",
  "words_missing",
  "passage_not_found",
  "abstained_wrongly",
  "answered_wrongly",
  "handed_off_wrongly",
  "not_handed_off",
  "failed",
] as const;
export type Reason = (typeof reasons)[number];

/** What one answer scored; null where the case or the answer gives nothing to measure by. */
export interface Scores {
  /** The gold passage is among those that the answer may rest on. */
  hit: boolean | null;
  /** Its place among all candidates, from 1; null where it was not among them. */
  rank: number | null;
  reciprocalRank: number | null;
  ndcg: number | null;
  /** Share of checked claims that their sources support. */
  faithfulness: number | null;
  /** The best of the gold answers stands in it, or shares so many of its words. */
  contained: boolean | null;
  tokenF1: number | null;
}

interface Share {
  /** Cases that it was measured on. */
  cases: number;
  value: number | null;
}

/** What a run came to. */
export interface RunSummary {
  cases: number;
  passed: number;
  failed: number;
  retrieval: { cases: number; hit: number | null; mrr: number | null; ndcg: number | null };
  faithfulness: Share;
  correctness: { cases: number; correct: number | null; tokenF1: number | null };
  /** Of those that it refused: how many rightly. Of those that it should have: how many. */
  refusal: { precision: number | null; recall: number | null; expected: number; refused: number };
  handoff: { precision: number | null; recall: number | null; expected: number; handedOff: number };
  latency: { p50: number | null; p95: number | null };
  /** US dollars. */
  cost: number;
  /** Answers that were quoted because the model failed or had no budget left. */
  fallbacks: number;
  reasons: Partial<Record<Reason, number>>;
}
