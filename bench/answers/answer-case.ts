import { ExtractiveLanguageModel } from "../../apps/server/src/connectors/builtin/index.ts";
import { grade } from "../../apps/server/src/modules/answers/pipeline/grade.ts";
import { verifyAnswer } from "../../apps/server/src/modules/answers/verification/index.ts";
import { fold } from "../../apps/server/src/platform/text/index.ts";
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
}

/** Grades, answers by quoting and verifies, as the pipeline does without a second search. */
export async function answerCase({ question, language, evidence, answers }: Case): Promise<CaseResult> {
  const graded = grade(question, language, evidence);
  const none = { text: "", sources: [], isAnswered: false, isRight: false, supportedShare: 1 };
  if (graded.verdict === "incorrect") return { ...none, confidence: graded.confidence };
  const numbered = evidence.passages.map(({ text, documentName, headingPath, scores }, at) => ({
    number: at + 1,
    text,
    title: documentName,
    headingPath,
    score: scores.fused,
  }));
  const collection = {
    liveChunks: evidence.liveChunks,
    frequencies: Object.fromEntries(evidence.frequencies),
  };
  const { content } = await model.doGenerate({
    prompt: [],
    providerOptions: { builtin: { question, language, passages: numbered, collection } },
  });
  const text = content.map((part) => (part.type === "text" ? part.text : "")).join("");
  if (text === "") return { ...none, confidence: graded.confidence };
  const { supportedShare } = verifyAnswer({ answer: text, passages: numbered, language });
  const plain = (value: string): string => fold(value).replace(/\s+/g, " ").trim();
  const isRight = answers.some((answer) => plain(text).includes(plain(answer)));
  return {
    text,
    sources: numbered,
    isAnswered: true,
    isRight,
    supportedShare,
    confidence: graded.confidence * supportedShare,
  };
}
