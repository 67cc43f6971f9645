import { detectLanguage, type Language } from "../../../platform/text/index.ts";
import { type Check, checkClaim } from "./check-claim.ts";
import { isNotAClaim } from "./not-a-claim.ts";
import { type Passage, readSource, type Source } from "./source.ts";
import { type CitedSentence, splitClaims } from "./split-claims.ts";

/** One sentence of an answer and what checking it against its sources showed. */
export interface Claim {
  /** As `plainText` reads it, without citation marks. */
  text: string;
  /** Offsets in the answer, trailing citation marks included. */
  start: number;
  end: number;
  /** Source numbers, as cited. */
  citations: number[];
  verdict: "supported" | "unsupported" | "uncited" | "not_a_claim";
  /** 0..1: 1 for an exact quotation; for "not_a_claim" 1, for "uncited" against all passages. */
  score: number;
  /** Why it is not supported, in plain English: 'number "30" is not in source 2'. */
  reasons: string[];
  /** A fact of it is not as its sources have it, or its source is not there: no judge may overrule that. */
  isContradicted: boolean;
  /** The model that judged it, where one did. */
  judgedBy?: string;
}

export interface Verification {
  claims: Claim[];
  /** 0..1: supported claims among all that claim something; 1 if nothing does. */
  supportedShare: number;
}

/**
 * Checks every sentence of `answer` against the passages that it cites: content words, numbers by value,
 * names and quotations, and polarity ("is not" against "is"). Lexical, without a model: it finds changed
 * facts, not wrong conclusions, and an honest paraphrase in wholly other words counts as unsupported.
 * `language` is that of the answer; detected if absent.
 */
export function verifyAnswer(input: {
  answer: string;
  passages: Passage[];
  language?: Language;
}): Verification {
  const { answer, passages, language = detectLanguage(answer) } = input;
  const sources = passages.map((passage) => readSource(passage, language));
  const claims = splitClaims(answer, language).map((sentence) => judge(sentence, language, sources));
  return { claims, supportedShare: shareSupported(claims).supportedShare };
}

/** How many of the claims state something, and how many of those their sources support. */
export function shareSupported(claims: readonly Pick<Claim, "verdict">[]) {
  const checkedClaims = claims.filter(({ verdict }) => verdict !== "not_a_claim").length;
  const supportedClaims = claims.filter(({ verdict }) => verdict === "supported").length;
  return {
    checkedClaims,
    supportedClaims,
    supportedShare: checkedClaims === 0 ? 1 : supportedClaims / checkedClaims,
  };
}

function judge(sentence: CitedSentence, language: Language, sources: readonly Source[]): Claim {
  if (isNotAClaim(sentence.text))
    return { ...sentence, verdict: "not_a_claim", score: 1, reasons: [], isContradicted: false };
  if (sentence.citations.length === 0) {
    const score = sources.length === 0 ? 0 : checkClaim(sentence.text, language, sources).score;
    return { ...sentence, verdict: "uncited", score, reasons: ["no source is cited"], isContradicted: false };
  }
  const cited = sources.filter((source) => sentence.citations.includes(source.number));
  const unknown = sentence.citations.filter((number) => !sources.some((source) => source.number === number));
  const missing = unknown.map((number) => `source ${number} does not exist`);
  if (cited.length === 0)
    return { ...sentence, verdict: "unsupported", score: 0, reasons: missing, isContradicted: true };
  const check: Check = checkClaim(sentence.text, language, cited);
  const isSupported = check.isSupported && missing.length === 0;
  return {
    ...sentence,
    verdict: isSupported ? "supported" : "unsupported",
    score: check.score,
    reasons: [...missing, ...check.reasons],
    isContradicted: check.isContradicted || missing.length > 0,
  };
}
