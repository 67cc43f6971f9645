import type { Citation } from "./answers.schema.ts";

/** The stages of PRODUCT.md, "The answer pipeline". `refine` runs only when the first evidence is ambiguous. */
export const answerStages = ["understand", "retrieve", "grade", "refine", "answer", "verify"] as const;
export type AnswerStage = (typeof answerStages)[number];

/** What a second search with a refined query came to. `none`: there was no need of one. */
export const refinements = ["none", "helped", "no_help"] as const;
export type Refinement = (typeof refinements)[number];

/** Why a bot offers a person. */
export const offerReasons = ["empty", "unknown", "withheld", "failed"] as const;
export type OfferReason = (typeof offerReasons)[number];

export type Verdict = "correct" | "ambiguous" | "incorrect";
export type AnswerMode = "model" | "extractive" | "abstained" | "withheld";

export interface AnswerClaim {
  text: string;
  citations: number[];
  verdict: "supported" | "unsupported" | "uncited" | "not_a_claim";
  score: number;
  reasons: string[];
  /** The model that turned or upheld the verdict; absent where the built-in check decided alone. */
  judgedBy?: string | undefined;
}

/** One stage as it ran: its time, a sentence about its outcome, and its figures. */
export interface StageTrace {
  stage: AnswerStage;
  /** Milliseconds. */
  ms: number;
  summary: string;
  data: Record<string, unknown>;
}

/** A sentence of a document, where one passage contradicts another. */
export interface ContradictingPlace {
  documentId: string;
  documentName: string;
  version: number;
  chunkId: string;
  startOffset: number;
  endOffset: number;
  quote: string;
}

/** Two passages that say different things of the same; the answer rests on the first. */
export interface Contradiction {
  kind: "number" | "negation";
  /** What differs, in plain English. */
  reason: string;
  first: ContradictingPlace;
  second: ContradictingPlace;
}

/** Enough to replay an answer: what was asked, what each stage saw and chose, and what was sent to the model. */
export interface AnswerTrace {
  language: string;
  standaloneQuestion: string;
  promptId: string | null;
  /** Which text of the prompt it was. Answers from before prompts had versions have none. */
  promptVersion?: number | null;
  /** The personality that spoke in place of a prompt of the bot's own; absent in answers from before there were any. */
  personality?: { id: string; name: string; version: number } | null;
  /** Why the bot offered a person in place of an answer; absent in answers from before it was kept. */
  offer?: OfferReason | null;
  instructions: string;
  passages: { number: number; chunkId: string; documentId: string; version: number; score: number }[];
  stages: StageTrace[];
  /** Absent where no passage contradicts what the answer rests on. */
  contradictions?: Contradiction[];
}

/** What a face hears while a question is answered, in this order. */
export type AnswerEvent =
  /**
   * A human has the conversation: the message is theirs to answer. Nothing else follows but, where the bot
   * was speaking already, the end of its message.
   */
  | { type: "delivered"; to: "agent"; conversationId: string }
  /** `conversationId`: where it is said; of one that was merged into another, the other. */
  | { type: "start"; messageId: string; conversationId: string }
  | { type: "stage"; stage: StageTrace }
  /** Comes before the words that first cite it. */
  | { type: "citation"; citation: Citation }
  | { type: "delta"; delta: string }
  /** The model broke off; what follows is another's answer and a paragraph of its own. */
  | { type: "paragraph" }
  /**
   * What was said so far, and what it cited, is taken back: a document that it rests on was deleted or replaced. The
   * answer begins anew.
   */
  | { type: "retracted" }
  | {
      type: "verification";
      verdict: Verdict;
      confidence: number;
      mode: AnswerMode;
      model: string;
      claims: AnswerClaim[];
      /** For the members who look after the bot; visitors get none. */
      notice: string | null;
    }
  | { type: "handoff"; offered: true; reason: OfferReason }
  /** Kept: the message and its answer are in the database. `answerId` is null for small talk. */
  | { type: "end"; messageId: string; answerId: string | null; state: "complete" | "interrupted" };
