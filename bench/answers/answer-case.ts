import { ExtractiveLanguageModel } from "../../apps/server/src/connectors/builtin/index.ts";
import type { Evidence } from "../../apps/server/src/modules/answers/pipeline/evidence-signals.ts";
import { grade } from "../../apps/server/src/modules/answers/pipeline/grade.ts";
import { verifyAnswer } from "../../apps/server/src/modules/answers/verification/index.ts";
import { fold, type Language } from "../../apps/server/src/platform/text/index.ts";
import type { Case } from "./cases.ts";

const model = new ExtractiveLanguageModel();

export interface CaseResult {
  text: string;
  /** What it was quoted from; empty if nothing was answered. */
  sources: { number: number; text: string; title: string }[];
  /** What the pipeline would state: the grade's times the share of supported claims. */
  confidence: number;
  isAnswered: boolean;
  /** The quoted sentences hold an accepted answer. */
  isRight: boolean;
  supportedShare: number;
  /** Milliseconds that grading took. */
  gradeMs: number;
}

/** Grades, answers by quoting and verifies, as the pipeline does without a second search. */
export async function answerCase({ question, language, evidence, answers }: Case): Promise<CaseResult> {
  const started = performance.now();
  const graded = grade(question, language, evidence);
  const gradeMs = performance.now() - started;
  const none = { text: "", sources: [], isAnswered: false, isRight: false, supportedShare: 1, gradeMs };
  if (graded.verdict === "incorrect") return { ...none, confidence: graded.confidence };
  const { text, sources } = await quote(question, language, evidence);
  if (text === "") return { ...none, confidence: graded.confidence };
  const { supportedShare } = verifyAnswer({ answer: text, passages: sources, language });
  return {
    text,
    sources,
    isAnswered: true,
    isRight: holdsOne(text, answers),
    supportedShare,
    confidence: graded.confidence * supportedShare,
    gradeMs,
  };
}

/** What the built-in model says, whatever the grade. */
export async function quote(question: string, language: Language, evidence: Evidence) {
  const sources = evidence.passages.map(({ text, documentName, headingPath, language, scores }, at) => ({
    number: at + 1,
    text,
    title: documentName,
    headingPath,
    language,
    score: scores.fused,
  }));
  const collection = {
    liveChunks: evidence.liveChunks,
    frequencies: Object.fromEntries(evidence.frequencies),
  };
  const { content } = await model.doGenerate({
    prompt: [],
    providerOptions: { builtin: { question, language, passages: sources, collection } },
  });
  return { text: content.map((part) => (part.type === "text" ? part.text : "")).join(""), sources };
}

/** True if one of the answers stands in the text, read without case, accents and doubled spaces. */
export function holdsOne(text: string, answers: readonly string[]): boolean {
  const plain = (value: string): string => fold(value).replace(/\s+/g, " ").trim();
  return answers.some((answer) => plain(text).includes(plain(answer)));
}
