/** Reading found passages against a question: which sentence answers it, and what the evidence is worth. Pure. */
export { type AnswerKind, expectedAnswer, holdsAnswer, isHowTo } from "./expected-answer.ts";
export { likeness } from "./likeness.ts";
export type { EvidencePassage, PlacedSentence } from "./passage-sentences.ts";
export { type Collection, type ReadQuestion, rarity, readQuestion } from "./read-question.ts";
export { addressesReader, isPersonal } from "./register.ts";
export {
  type ScoredSentence,
  SENTENCE_WEIGHTS,
  type SentenceFeatures,
  type WeighedEvidence,
  weighEvidence,
} from "./score-sentences.ts";
export type { SentenceLook } from "./sentence-look.ts";
