import type { Ctx } from "../../../ports/index.ts";
import type { BotRow } from "../../bots/index.ts";
import type { Message } from "../../conversations/index.ts";
import { type SearchResult, searchKnowledge } from "../../knowledge/index.ts";
import { type AnsweringModel, builtinModel } from "../../models/index.ts";
import type { Citation } from "../answers.schema.ts";
import { type Phrase, say } from "../answers.strings.ts";
import type {
  AnswerClaim,
  AnswerEvent,
  AnswerMode,
  AnswerTrace,
  StageTrace,
  Verdict,
} from "../answers.types.ts";
import { CitationTracker } from "../pipeline/cite.ts";
import { generate, ModelFailure } from "../pipeline/generate.ts";
import { type Grade, grade } from "../pipeline/grade.ts";
import { buildInstructions, buildMessages, type NumberedPassage } from "../pipeline/prompt.ts";
import { refineQuery } from "../pipeline/refine.ts";
import type { Understanding } from "../pipeline/understand.ts";
import { verifyAnswer } from "../verification/index.ts";
import { answerSummary, gradeStage, noticeFor, retrieveStage } from "./stage-traces.ts";

export interface QuestionInput {
  bot: BotRow;
  instructions: string;
  promptId: string | null;
  model: AnsweringModel;
  history: Message[];
  question: string;
  understanding: Understanding;
  understandMs: number;
  signal: AbortSignal;
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
  citations: Citation[];
  trace: AnswerTrace;
  inputTokens: number;
  outputTokens: number;
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
  const { bot, understanding, signal } = input;
  const { language } = understanding;
  const stages: StageTrace[] = [];
  const record = (stage: StageTrace): AnswerEvent => {
    stages.push(stage);
    ctx.metrics.observeAnswerStage(stage.stage, stage.ms / 1000);
    return { type: "stage", stage };
  };
  yield record({
    stage: "understand",
    ms: input.understandMs,
    summary: understanding.rewritten
      ? "A follow-up: read together with the question before it."
      : "A question.",
    data: { language, standaloneQuestion: understanding.standaloneQuestion },
  });

  // retrieve and grade, twice at the most
  let query = understanding.standaloneQuestion;
  let at = performance.now();
  let found = await retrieve(ctx, bot, query, signal);
  yield record(retrieveStage("retrieve", query, found, performance.now() - at));
  at = performance.now();
  let graded = grade(query, language, found);
  yield record(gradeStage(graded, performance.now() - at));
  const refined = graded.verdict === "ambiguous" ? refineQuery(query, language, graded.missingTerms) : null;
  if (refined) {
    at = performance.now();
    const again = await retrieve(ctx, bot, refined, signal);
    const regraded = grade(query, language, again);
    const better = regraded.confidence > graded.confidence;
    yield record(retrieveStage("refine", refined, again, performance.now() - at, better));
    if (better) [query, found, graded] = [refined, again, regraded];
  }

  const passages = found.passages.map(
    (passage, index): NumberedPassage => ({ ...passage, number: index + 1 }),
  );
  const instructions = buildInstructions(input.instructions, passages);
  const tracker = new CitationTracker(passages, language);
  const builtin = builtinModel(ctx);
  let { model } = input;
  let text = "";
  let mode: AnswerMode = model.isBuiltin ? "extractive" : "model";
  let state: AnswerOutcome["state"] = "complete";
  let fallbackReason: string | null = null;
  let usage = { inputTokens: 0, outputTokens: 0 };
  let offer: Extract<Phrase, "empty" | "unknown" | "withheld" | "failed"> | null = null;

  // answer: not at all without evidence; by the bot's model; by quoting where that fails
  at = performance.now();
  const hasEvidence = mayAnswer(graded, model, language, found);
  const holdBack = bot.unsupportedClaims === "withhold";
  if (hasEvidence) {
    const attempts = model.isBuiltin ? [model] : [model, builtin];
    for (const attempt of attempts) {
      model = attempt;
      mode = attempt.isBuiltin ? "extractive" : "model";
      if (text !== "") {
        text += "\n\n";
        tracker.add("\n\n");
        if (!holdBack) yield { type: "paragraph" };
      }
      const words = generate({
        model,
        instructions,
        messages: buildMessages(input.history, input.question),
        question: understanding.standaloneQuestion,
        language,
        passages,
        signal,
        silenceLimit: ctx.ports.models.silenceLimit,
      });
      try {
        let step = await words.next();
        while (!step.done) {
          text += step.value;
          for (const citation of tracker.add(step.value)) if (!holdBack) yield { type: "citation", citation };
          if (!holdBack) yield { type: "delta", delta: step.value };
          step = await words.next();
        }
        usage = step.value;
        break;
      } catch (error) {
        if (signal.aborted) {
          state = "interrupted";
          break;
        }
        if (!(error instanceof ModelFailure)) throw error;
        fallbackReason = error.reason;
        ctx.log.warn(
          { reason: error.reason, model: model.name, bot: bot.id },
          "a model failed; quoting instead",
        );
      }
    }
  }
  if (state === "interrupted" && holdBack) text = ""; // nobody was shown any of it
  if (text.trim() === "" && state === "complete") {
    offer = found.liveChunks === 0 ? "empty" : fallbackReason && hasEvidence ? "failed" : "unknown";
    mode = "abstained";
  }
  yield record({
    stage: "answer",
    ms: performance.now() - at,
    summary: answerSummary(mode, model, fallbackReason),
    data: { model: model.name, ...usage, ...(fallbackReason ? { fallbackReason } : {}) },
  });

  // verify: each claim against the passage that it cites
  at = performance.now();
  const { claims, supportedShare } = verifyAnswer({
    answer: text,
    passages: passages.map(({ number, text, documentName }) => ({ number, text, title: documentName })),
  });
  if (text !== "" && holdBack && supportedShare < bot.withholdBelow) {
    mode = "withheld";
    offer = "withheld";
  } else if (holdBack && text !== "") {
    for (const citation of tracker.citations) yield { type: "citation", citation };
    yield { type: "delta", delta: text };
  }
  // as many digits as the database keeps, so that history shows what the stream said
  const confidence =
    mode === "abstained" ? 0 : Math.round(graded.confidence * supportedShare * 10_000) / 10_000;
  yield record({
    stage: "verify",
    ms: performance.now() - at,
    summary: `${claims.filter((claim) => claim.verdict === "supported").length} of ${
      claims.filter((claim) => claim.verdict !== "not_a_claim").length
    } claims are supported by their sources.`,
    data: { supportedShare },
  });

  if (offer) {
    text = say(offer, language);
    yield { type: "delta", delta: text };
  }
  const kept = claims.map(({ start: _start, end: _end, ...claim }) => claim);
  yield {
    type: "verification",
    verdict: graded.verdict,
    confidence,
    mode,
    model: model.name,
    claims: mode === "withheld" ? [] : kept,
    notice: ctx.actor.kind === "user" ? noticeFor(input.model, fallbackReason) : null,
  };
  if (offer) yield { type: "handoff", offered: true, reason: offer };

  return {
    text,
    state,
    verdict: graded.verdict,
    confidence,
    mode,
    model: model.name,
    fallbackReason,
    claims: kept,
    citations: offer ? [] : tracker.citations,
    trace: {
      language,
      standaloneQuestion: understanding.standaloneQuestion,
      promptId: input.promptId,
      instructions,
      passages: passages.map(({ number, chunkId, documentId, version, scores }) => ({
        number,
        chunkId,
        documentId,
        version,
        score: scores.rerank,
      })),
      stages,
    },
    ...usage,
  };
}

function retrieve(ctx: Ctx, bot: BotRow, query: string, signal: AbortSignal): Promise<SearchResult> {
  return searchKnowledge(ctx, {
    knowledgeBaseId: bot.knowledgeBaseId,
    query,
    limit: bot.retrieval.topK,
    signal,
  });
}

/**
 * Grading counts shared words, which it cannot do across languages: a provider's model may then read
 * the passages and judge for itself.
 */
function mayAnswer(graded: Grade, model: AnsweringModel, language: string, found: SearchResult): boolean {
  if (graded.verdict !== "incorrect") return true;
  return !model.isBuiltin && found.passages.some((passage) => passage.language !== language);
}
