import type { Ctx } from "../../../ports/index.ts";
import { classifyIntent } from "../../intents/index.ts";
import type { Citation } from "../answers.schema.ts";
import { type SpokenLanguage, say } from "../answers.strings.ts";
import type {
  AnswerClaim,
  AnswerEvent,
  AnswerMode,
  AnswerTrace,
  OfferReason,
  StageTrace,
  Verdict,
} from "../answers.types.ts";
import { confidenceAmid } from "../pipeline/contradictions.ts";
import { buildInstructions, type NumberedPassage, type Turn } from "../pipeline/prompt.ts";
import type { Understanding } from "../pipeline/understand.ts";
import type { Answerer } from "./answerer.ts";
import { checkAnswer } from "./check-answer.ts";
import { type Evidence, findEvidence } from "./find-evidence.ts";
import type { ModelTab } from "./model-tab.ts";
import { noticeFor, understandStage, verifyStage } from "./stage-traces.ts";
import { mayAnswer, type Written, writeAnswer } from "./write-answer.ts";

export interface QuestionInput extends Answerer {
  /** What was said before, oldest first. */
  history: Turn[];
  question: string;
  /** The language of the bot's own sentences, and of its model's; absent: the question's. */
  replyLanguage?: SpokenLanguage | undefined;
  understanding: Understanding;
  understandMs: number;
  signal: AbortSignal;
  /** What the model costs; whoever keeps the answer settles it. */
  tab: ModelTab;
}

/** Everything that is kept of an answer. */
export interface AnswerOutcome {
  text: string;
  state: "complete" | "interrupted";
  verdict: Verdict;
  confidence: number;
  mode: AnswerMode;
  model: string;
  fallbackReason: string | null;
  claims: AnswerClaim[];
  /** How many of them state something, and how many of those are supported. */
  checkedClaims: number;
  supportedClaims: number;
  /** Milliseconds. */
  verifyMs: number;
  citations: Citation[];
  trace: AnswerTrace;
}

/**
 * The pipeline: understand (done by the caller), retrieve, grade, refine once where the evidence is
 * ambiguous, answer, verify. Yields what a reader sees; returns what is kept. It never ends without words:
 * a model that fails is replaced by quoting, and without evidence the bot says so and offers a human.
 */
export async function* answerQuestion(
  ctx: Ctx,
  input: QuestionInput,
): AsyncGenerator<AnswerEvent, AnswerOutcome> {
  const { bot, understanding } = input;
  const { language } = understanding;
  const stages: StageTrace[] = [];
  const record = (stage: StageTrace): AnswerEvent => {
    stages.push(stage);
    ctx.metrics.observeAnswerStage(stage.stage, stage.ms / 1000);
    return { type: "stage", stage };
  };
  const began = performance.now();
  const taught = await classifyIntent(ctx, { botId: bot.id, text: input.question });
  yield record(understandStage(understanding, taught, input.understandMs + performance.now() - began));
  const evidence = yield* findEvidence(ctx, input, record);
  const { found, graded } = evidence;
  const passages = found.passages.map(
    (passage, index): NumberedPassage => ({ ...passage, number: index + 1 }),
  );
  const instructions = buildInstructions(input.instructions, passages, input.replyLanguage);
  const holdBack = bot.unsupportedClaims === "withhold";
  const written = yield* writeAnswer(ctx, input, { ...evidence, passages, instructions, holdBack }, record);

  const at = performance.now();
  const checked = await checkAnswer(ctx, input, { ...written, passages });
  const { claims, supportedShare, contradictions } = checked;
  const isWithheld = holdBack && written.text !== "" && supportedShare < bot.withholdBelow;
  const mode = isWithheld ? "withheld" : written.mode;
  if (holdBack && !isWithheld && written.text !== "") {
    for (const citation of written.citations) yield { type: "citation", citation };
    yield { type: "delta", delta: written.text };
  }
  // as many digits as the database keeps, so that history shows what the stream said
  const confidence =
    mode === "abstained"
      ? 0
      : Math.round(confidenceAmid(contradictions, graded.confidence * supportedShare) * 10_000) / 10_000;
  yield record(verifyStage(checked, performance.now() - at));

  const offer = offerFor(mode, written, evidence, input);
  const spoken = input.replyLanguage ?? language;
  if (offer) yield { type: "delta", delta: say(offer, spoken) };
  yield {
    type: "verification",
    verdict: graded.verdict,
    confidence,
    mode,
    model: written.model.name,
    claims: mode === "withheld" ? [] : claims,
    notice:
      ctx.actor.kind === "user" ? noticeFor(input.model, written.fallback, found, contradictions) : null,
  };
  if (offer) yield { type: "handoff", offered: true, reason: offer };

  return {
    text: offer ? say(offer, spoken) : written.text,
    state: written.state,
    verdict: graded.verdict,
    confidence,
    mode,
    model: written.model.name,
    fallbackReason: written.fallback?.reason ?? null,
    claims,
    checkedClaims: checked.checkedClaims,
    supportedClaims: checked.supportedClaims,
    verifyMs: checked.verifyMs,
    citations: offer ? [] : written.citations,
    trace: {
      language,
      standaloneQuestion: evidence.asked.question,
      promptId: input.promptId,
      promptVersion: input.promptVersion,
      personality: input.personality,
      offer,
      instructions,
      passages: passages.map(({ number, chunkId, documentId, version, scores }) => ({
        number,
        chunkId,
        documentId,
        version,
        score: scores.rerank,
      })),
      stages,
      ...(contradictions.length > 0 ? { contradictions } : {}),
    },
  };
}

/** What the bot says in place of an answer, before it offers a human; null when it has one. */
function offerFor(
  mode: AnswerMode,
  written: Written,
  evidence: Evidence,
  input: QuestionInput,
): OfferReason | null {
  if (mode === "withheld") return "withheld";
  if (mode !== "abstained") return null;
  if (evidence.found.liveChunks === 0) return "empty";
  return written.fallback?.cause === "failure" && mayAnswer(evidence, input) ? "failed" : "unknown";
}
