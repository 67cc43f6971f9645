import type { TriedAnswer } from "../../answers/index.ts";
import type { CaseContent, Reason, Scores } from "../evaluations.types.ts";
import { correctnessOf, missingWords } from "./correctness.ts";
import { type GoldPlace, retrievalScores } from "./retrieval.ts";

export interface Judged {
  passed: boolean;
  reason: Reason;
  scores: Scores;
}

/** `handed_off`: a person is asked to join; `refused`: the bot says that it has no answer, or withholds it. */
export type Deed = "answered" | "refused" | "handed_off";

export function deedOf({ intent, mode }: { intent: string; mode: TriedAnswer["mode"] }): Deed {
  if (intent === "wants_human") return "handed_off";
  if (intent !== "question") return "answered"; // a greeting is answered by one
  return mode === "abstained" || mode === "withheld" ? "refused" : "answered";
}

/** What an answer is worth by what its case expects. `gold` is null where the case names no passage that still stands. */
export function scoreAnswer(
  content: CaseContent,
  answer: Pick<TriedAnswer, "text" | "mode" | "claims" | "trace"> & { intent: string },
  gold: GoldPlace | null,
): Judged {
  const deed = deedOf(answer);
  const correctness = content.goldAnswers.length > 0 ? correctnessOf(answer.text, content.goldAnswers) : null;
  const retrieval = gold
    ? retrievalScores(answer.trace, gold)
    : { hit: null, rank: null, reciprocalRank: null, ndcg: null };
  const scores: Scores = {
    ...retrieval,
    faithfulness: deed === "answered" ? faithfulnessOf(answer.claims) : null,
    contained: correctness?.contained ?? null,
    tokenF1: correctness?.tokenF1 ?? null,
  };
  const reason = reasonFor(content, deed, answer.text, correctness?.isCorrect ?? null, retrieval.hit);
  return { passed: isPass(reason), reason, scores };
}

/** The share of what was claimed that the cited sources support; null where nothing was claimed. */
export function faithfulnessOf(claims: readonly { verdict: string }[]): number | null {
  const checked = claims.filter(({ verdict }) => verdict !== "not_a_claim");
  if (checked.length === 0) return null;
  return checked.filter(({ verdict }) => verdict === "supported").length / checked.length;
}

export function isPass(reason: Reason): boolean {
  return (
    reason === "correct" ||
    reason === "answered" ||
    reason === "abstained_rightly" ||
    reason === "handed_off_rightly"
  );
}

function reasonFor(
  { expects, mustContain, goldAnswers }: CaseContent,
  deed: Deed,
  text: string,
  isCorrect: boolean | null,
  hit: boolean | null,
): Reason {
  if (expects === "handoff") return deed === "handed_off" ? "handed_off_rightly" : "not_handed_off";
  if (deed === "handed_off") return "handed_off_wrongly";
  if (expects === "abstain") return deed === "refused" ? "abstained_rightly" : "answered_wrongly";
  if (deed === "refused") return "abstained_wrongly";
  if (missingWords(text, mustContain).length > 0) return "words_missing";
  if (isCorrect === false) return "wrong_answer";
  const saysWhat = mustContain.length > 0 || goldAnswers.length > 0;
  if (saysWhat) return "correct";
  // nothing says what the answer is: that its passage was at hand is all that can be asked
  return hit === false ? "passage_not_found" : "answered";
}
