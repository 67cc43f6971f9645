import type { Ctx } from "../../../ports/index.ts";
import { type AnsweringModel, builtinModel } from "../../models/index.ts";
import type { Citation } from "../answers.schema.ts";
import type { AnswerEvent, AnswerMode, StageTrace } from "../answers.types.ts";
import { CitationTracker } from "../pipeline/cite.ts";
import { generate, ModelFailure } from "../pipeline/generate.ts";
import { buildMessages, type NumberedPassage } from "../pipeline/prompt.ts";
import { within } from "../pipeline/take-over.ts";
import type { QuestionInput } from "./answer-question.ts";
import type { Evidence } from "./find-evidence.ts";
import { answerSummary, type Fallback } from "./stage-traces.ts";
import { citeSources } from "./stand-by-sources.ts";

export interface Written {
  /** Empty when nothing answers the question, and when what was held back was broken off. */
  text: string;
  state: "complete" | "interrupted";
  mode: AnswerMode;
  model: AnsweringModel;
  /** Why another model than the bot's own wrote it. */
  fallback: Fallback | null;
  citations: Citation[];
}

/**
 * Lets the bot's model write, and quotes the documents where that fails; writes nothing where the evidence
 * is not enough. Yields words and citations as they come, unless the answer is held back to be checked. Throws
 * SourcesChanged rather than cite a document that was deleted or replaced meanwhile.
 */
export async function* writeAnswer(
  ctx: Ctx,
  input: QuestionInput,
  evidence: Evidence & { passages: NumberedPassage[]; instructions: string; holdBack: boolean },
  record: (stage: StageTrace) => AnswerEvent,
): AsyncGenerator<AnswerEvent, Written> {
  const { passages, holdBack } = evidence;
  const { language } = input.understanding;
  const tracker = new CitationTracker(passages, language);
  const at = performance.now();
  const written: Written = {
    text: "",
    state: "complete",
    mode: "abstained",
    model: input.model,
    fallback: null,
    citations: [],
  };
  const prompt = {
    instructions: evidence.instructions,
    messages: buildMessages(input.history, input.question),
  };
  const attempts = mayAnswer(evidence, input) ? [input.model] : [];
  if (attempts.length > 0 && !input.model.isBuiltin) {
    const refusal = await input.tab.open(ctx, input.model, prompt);
    if (refusal) {
      written.fallback = { cause: "budget", reason: refusal };
      written.model = builtinModel(ctx);
      attempts.pop();
    }
    if (!refusal || evidence.graded.verdict !== "incorrect") attempts.push(builtinModel(ctx));
  }
  for (const model of attempts) {
    written.model = model;
    if (written.text !== "") {
      written.text += "\n\n";
      tracker.add("\n\n");
      if (!holdBack) yield { type: "paragraph" };
    }
    const words = generate({
      model,
      ...prompt,
      language,
      ...within(evidence.asked, passages),
      ...(model.isBuiltin ? {} : { temperature: input.temperature, outputLimit: input.outputLimit }),
      signal: input.signal,
      silenceLimit: ctx.ports.models.silenceLimit,
    });
    let said = "";
    try {
      let step = await words.next();
      for (; !step.done; step = await words.next()) {
        said += step.value;
        written.text += step.value;
        const cited = await citeSources(ctx, tracker.add(step.value));
        written.citations.push(...cited);
        if (holdBack) continue;
        for (const citation of cited) yield { type: "citation", citation };
        yield { type: "delta", delta: step.value };
      }
      input.tab.count(model, said, step.value);
      break;
    } catch (error) {
      const isFree = said === "" && error instanceof ModelFailure && error.wasRefused;
      if (!isFree) input.tab.count(model, said);
      if (input.signal.aborted) {
        written.state = "interrupted";
        break;
      }
      if (!(error instanceof ModelFailure)) throw error;
      written.fallback = { cause: "failure", reason: error.reason };
      ctx.log.warn(
        { reason: error.reason, model: model.name, bot: input.bot.id },
        "a model failed; quoting instead",
      );
    }
  }
  if (written.state === "interrupted" && holdBack) written.text = ""; // nobody was shown any of it
  const isAnswered = written.text.trim() !== "" || written.state === "interrupted";
  if (isAnswered) written.mode = written.model.isBuiltin ? "extractive" : "model";
  written.citations.sort((a, b) => a.number - b.number);
  const { mode, model, fallback } = written;
  const { inputTokens, outputTokens } = input.tab.tokens;
  yield record({
    stage: "answer",
    ms: performance.now() - at,
    summary: answerSummary(mode, model, fallback),
    data: {
      model: model.name,
      inputTokens,
      outputTokens,
      ...(fallback ? { fallbackReason: fallback.reason } : {}),
    },
  });
  return written;
}

/**
 * Grading counts shared words, which it cannot do across languages, nor where a trained model found the
 * passages by their meaning: a provider's model may then read them and judge for itself.
 */
export function mayAnswer({ graded, found }: Evidence, { model, understanding }: QuestionInput): boolean {
  if (graded.verdict !== "incorrect") return true;
  if (model.isBuiltin) return false;
  const isForeign = found.passages.some((passage) => passage.language !== understanding.language);
  return isForeign || (found.isByMeaning && found.passages.length > 0);
}
