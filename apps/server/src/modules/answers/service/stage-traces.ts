import type { IntentClassification } from "../../intents/index.ts";
import type { SearchResult } from "../../knowledge/index.ts";
import type { AnsweringModel } from "../../models/index.ts";
import type { AnswerMode, Contradiction, StageTrace } from "../answers.types.ts";
import type { Understanding } from "../pipeline/understand.ts";
import type { CheckedAnswer } from "./check-answer.ts";

/* What the stages leave in the trace, in words for people and figures for a replay; searching in `search-traces`. */

/** Why another model than the bot's own wrote an answer: it failed, or there was no money to ask it. */
export interface Fallback {
  cause: "failure" | "budget";
  /** A sentence for the owner. */
  reason: string;
}

export function answerSummary(mode: AnswerMode, model: AnsweringModel, fallback: Fallback | null): string {
  if (mode === "abstained") return "No answer: the evidence does not hold one.";
  if (fallback?.cause === "budget") return `Quoted from the documents: ${fallback.reason}`;
  if (fallback) return `Quoted from the documents, because the model failed: ${fallback.reason}`;
  return model.isBuiltin ? "Quoted from the documents." : `Written by ${model.name}.`;
}

/** What the members who look after the bot should know of an answer; null when all is as it should be. */
export function noticeFor(
  model: AnsweringModel,
  fallback: Fallback | null,
  found: SearchResult,
  contradictions: readonly Contradiction[],
): string | null {
  const { embeddingFailure } = found;
  const search = embeddingFailure ? `Searched by words alone. ${embeddingFailure}` : null;
  const notices = [modelNotice(model, fallback), search, contradictionNotice(contradictions)].filter(Boolean);
  return notices.length > 0 ? notices.join(" ") : null;
}

/** Names both passages of each, and what differs. */
function contradictionNotice(contradictions: readonly Contradiction[]): string | null {
  const each = contradictions.map(
    ({ first, second, reason }) => `"${first.documentName}" and "${second.documentName}" (${reason})`,
  );
  return each.length > 0 ? `The sources contradict each other: ${each.join("; ")}.` : null;
}

function modelNotice(model: AnsweringModel, fallback: Fallback | null): string | null {
  if (fallback?.cause === "budget") return `${fallback.reason} The model was not asked.`;
  if (fallback) return `The model failed, so the documents were quoted instead. ${fallback.reason}`;
  if (model.isBuiltin) return "No model is configured: answers are quoted from the documents.";
  return null;
}

/** `taught`: which of the intents that the bot was taught the message has; null where it was taught none. */
export function understandStage(
  understanding: Understanding,
  taught: IntentClassification | null,
  ms: number,
): StageTrace {
  const { language, standaloneQuestion, leansOn, refersBack } = understanding;
  const summaries = {
    question: "A follow-up: read together with the question before it.",
    name: "A follow-up: read with what the conversation is about.",
    nothing: "A question.",
  };
  return {
    stage: "understand",
    ms,
    summary: summaries[leansOn ?? "nothing"],
    data: {
      language,
      standaloneQuestion,
      ...(leansOn ? { leansOn } : {}),
      ...(refersBack ? { refersBack } : {}),
      ...(taught
        ? {
            intentId: taught.intent?.id ?? null,
            intent: taught.intent?.name ?? null,
            nearest: taught.ranking,
          }
        : {}),
    },
  };
}

export function verifyStage(
  { claims, checkedClaims, supportedClaims, supportedShare, contradictions }: CheckedAnswer,
  ms: number,
): StageTrace {
  const judged = claims.filter(({ judgedBy }) => judgedBy !== undefined).length;
  const notes = [
    `${supportedClaims} of ${checkedClaims} claims are supported by their sources.`,
    judged > 0 ? `${judged} in doubt judged by the model.` : "",
    contradictions.length > 0 ? "The sources contradict each other." : "",
  ];
  return {
    stage: "verify",
    ms,
    summary: notes.filter(Boolean).join(" "),
    data: {
      supportedShare,
      ...(judged > 0 ? { judged } : {}),
      ...(contradictions.length > 0 ? { contradictions } : {}),
    },
  };
}
