import {
  InvalidArgumentError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4FinishReason,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  type LanguageModelV4StreamResult,
  type LanguageModelV4Usage,
  type SharedV4ProviderMetadata,
  type SharedV4Warning,
} from "@ai-sdk/provider";
import { z } from "zod";
import { Evidence } from "./evidence.ts";
import { type SelectedSentence, selectSentences } from "./select-sentences.ts";
import type { Supplement } from "./supplement.ts";

/** Below this the best sentence misses most of what was asked: better no answer than a wrong quotation. */
const LEAST_CONFIDENCE = 0.22;
/** After a full stop and its mark the next sentence may follow on the same line. */
const ENDS = /^[^\n]*[.!?؟؛…]["'”’»)]* \[\d+\]$/;
/** No model runs, so no tokens are spent. */
const USAGE: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

interface Answer {
  text: string;
  finishReason: LanguageModelV4FinishReason;
  providerMetadata: SharedV4ProviderMetadata;
}

/**
 * Answers by quoting: the one or two sentences of the evidence that fit the question best, each followed
 * by its source number, as in "Refunds take 14 days. [2]". Needs no key and invents nothing: every word
 * between two citations stands in that order in the cited passage, read by `plainText`: without marks of
 * Markdown and HTML. A sentence that announces a list or code brings it along, as does one that tells how.
 *
 * Evidence travels in `providerOptions.builtin` (see `Evidence`); the prompt itself is not read. If the
 * evidence does not speak of the question, the text is empty and the finish reason is
 * `{ unified: "other", raw: "abstained" }`. `providerMetadata.builtin.confidence` is 0..1 either way.
 */
export class ExtractiveLanguageModel implements LanguageModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "builtin";
  readonly modelId = "extractive";
  readonly supportedUrls = {};

  /** Throws InvalidArgumentError if `providerOptions.builtin` is missing or malformed. */
  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { text, ...outcome } = answer(options);
    return {
      content: text === "" ? [] : [{ type: "text", text }],
      ...outcome,
      usage: USAGE,
      warnings: warningsFor(options),
    };
  }

  /** As `doGenerate`, word by word. */
  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const { text, ...outcome } = answer(options);
    const parts: LanguageModelV4StreamPart[] = [{ type: "stream-start", warnings: warningsFor(options) }];
    if (text !== "") {
      parts.push({ type: "text-start", id: "0" });
      for (const delta of text.split(/(?<= )/)) parts.push({ type: "text-delta", id: "0", delta });
      parts.push({ type: "text-end", id: "0" });
    }
    parts.push({ type: "finish", ...outcome, usage: USAGE });
    const next = parts.values();
    return {
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        pull(controller) {
          if (options.abortSignal?.aborted) {
            controller.error(options.abortSignal.reason);
            return;
          }
          const { value, done } = next.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      }),
    };
  }
}

function answer(options: LanguageModelV4CallOptions): Answer {
  options.abortSignal?.throwIfAborted();
  const evidence = Evidence.safeParse(options.providerOptions?.builtin);
  if (!evidence.success) {
    throw new InvalidArgumentError({
      argument: "providerOptions.builtin",
      message:
        "The built-in model needs providerOptions.builtin = { question, language?, passages: " +
        `[{ number, text, title? }] }: ${z.prettifyError(evidence.error)}`,
      cause: evidence.error,
    });
  }
  const { sentences, confidence } = selectSentences(evidence.data);
  const providerMetadata = { builtin: { confidence } };
  const text = confidence < LEAST_CONFIDENCE || sentences.length === 0 ? "" : quote(sentences);
  if (text === "") {
    return { text: "", finishReason: { unified: "other", raw: "abstained" }, providerMetadata };
  }
  return { text, finishReason: { unified: "stop", raw: undefined }, providerMetadata };
}

/** In reading order within a passage, the passage of the best sentence first. */
/** A reference number of the source's own, such as "[2]", would read as one of ours. */
function withoutOwnMarks(text: string): string {
  return text
    .replace(/(?<=^|\s)\[\d{1,3}\](?=\s|$|[.,;:!?])/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

function quote(sentences: readonly SelectedSentence[]): string {
  const order = [...new Set(sentences.map((sentence) => sentence.passage))];
  const parts = sentences
    .toSorted((a, b) => order.indexOf(a.passage) - order.indexOf(b.passage) || a.start - b.start)
    .map((sentence) => ({ ...sentence, plain: withoutOwnMarks(sentence.plain) }))
    .filter(({ plain }) => /[\p{L}\p{N}]/u.test(plain))
    .map(({ plain, passage, kind, supplement }) => {
      const isStep = kind === "item" && supplement?.kind === "list";
      return `${isStep ? `- ${plain}` : asText(plain)} [${passage}]${supplied(supplement, passage, isStep)}`;
    });
  return parts.reduce(
    (text, part) => (text === "" ? part : `${text}${ENDS.test(text) ? " " : "\n\n"}${part}`),
    "",
  );
}

/** A number and a stop, a dash or a hash at the start of a line would make a list or a heading of it. */
function asText(plain: string): string {
  return plain.replace(/^(?:#{1,6}|[-*+>])(?= )/, "\\$&").replace(/^(\d{1,3})([.)])(?= )/, "$1\\$2");
}

function supplied(supplement: Supplement | undefined, passage: number, inList: boolean): string {
  if (!supplement) return "";
  if (supplement.kind === "list") {
    return `${inList ? "" : "\n"}${supplement.items.map((item) => `\n- ${item} [${passage}]`).join("")}`;
  }
  return `\n\n\`\`\`\n${supplement.code}\n\`\`\``;
}

function warningsFor(options: LanguageModelV4CallOptions): SharedV4Warning[] {
  const warnings: SharedV4Warning[] = [];
  if (options.tools?.length) warnings.push({ type: "unsupported", feature: "tools" });
  if (options.responseFormat?.type === "json")
    warnings.push({ type: "unsupported", feature: "responseFormat" });
  return warnings;
}
