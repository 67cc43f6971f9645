import type { Ctx } from "../../../ports/index.ts";
import type { Citation } from "../answers.schema.ts";
import type { AnswerClaim, Contradiction } from "../answers.types.ts";
import { contradictionsOf } from "../pipeline/contradictions.ts";
import type { NumberedPassage } from "../pipeline/prompt.ts";
import { shareSupported, verifyAnswer } from "../verification/index.ts";
import type { QuestionInput } from "./answer-question.ts";
import { judgeClaims } from "./judge-claims.ts";

export interface CheckedAnswer {
  claims: AnswerClaim[];
  supportedShare: number;
  checkedClaims: number;
  supportedClaims: number;
  contradictions: Contradiction[];
  /** Milliseconds of the built-in check; a judge takes as long as its model. */
  verifyMs: number;
}

/** Verifies an answer against its passages, has doubtful claims judged where the bot wants so, and looks for contradictions. */
export async function checkAnswer(
  ctx: Ctx,
  { bot, model, tab, signal, understanding }: QuestionInput,
  { text, passages, citations }: { text: string; passages: NumberedPassage[]; citations: Citation[] },
): Promise<CheckedAnswer> {
  const at = performance.now();
  const sources = passages.map(({ number, text, documentName }) => ({ number, text, title: documentName }));
  const { claims } = verifyAnswer({ answer: text, passages: sources });
  const contradictions = contradictionsOf(passages, citations);
  const verifyMs = performance.now() - at;
  const { language } = understanding;
  const judged = bot.judgeClaims
    ? await judgeClaims(ctx, { model, tab, claims, passages: sources, language, signal })
    : claims;
  return {
    claims: judged.map(({ start: _start, end: _end, isContradicted: _contradicted, ...claim }) => claim),
    ...shareSupported(judged),
    contradictions,
    verifyMs,
  };
}
