/** The stages of PRODUCT.md, "The answer pipeline". `refine` runs only when the first evidence is ambiguous. */
export const answerStages = ["understand", "retrieve", "grade", "refine", "answer", "verify"] as const;
export type AnswerStage = (typeof answerStages)[number];

export type Verdict = "correct" | "ambiguous" | "incorrect";
export type AnswerMode = "model" | "extractive" | "abstained" | "withheld";

export interface AnswerClaim {
  text: string;
  citations: number[];
  verdict: "supported" | "unsupported" | "uncited" | "not_a_claim";
  score: number;
  reasons: string[];
}

/** One stage as it ran: its time, a sentence about its outcome, and its figures. */
export interface StageTrace {
  stage: AnswerStage;
  /** Milliseconds. */
  ms: number;
  summary: string;
  data: Record<string, unknown>;
}

/** Enough to replay an answer: what was asked, what each stage saw and chose, and what was sent to the model. */
export interface AnswerTrace {
  language: string;
  standaloneQuestion: string;
  promptId: string | null;
  instructions: string;
  passages: { number: number; chunkId: string; documentId: string; version: number; score: number }[];
  stages: StageTrace[];
}
