import type { JSONObject } from "@ai-sdk/provider";
import { APICallError, type ModelMessage, streamText } from "ai";
import { isAppError } from "../../../platform/errors/index.ts";
import { visible } from "../../../platform/text/index.ts";
import type { AnsweringModel } from "../../models/index.ts";
import type { Evidence } from "./evidence-signals.ts";
import type { NumberedPassage } from "./prompt.ts";

export interface GenerateInput {
  model: AnsweringModel;
  instructions: string;
  messages: ModelMessage[];
  question: string;
  language: string;
  passages: NumberedPassage[];
  /** What the built-in model weighs words by; without it, by the passages alone. */
  collection?: Pick<Evidence, "liveChunks" | "frequencies">;
  signal: AbortSignal;
  /** Tokens that it may write at most; `answerLimit` if absent. */
  outputLimit?: number | undefined;
  /** As the provider has it if absent. */
  temperature?: number | undefined;
  /** Milliseconds without a word from the model after which it counts as failed. */
  silenceLimit: number;
}

/** The most tokens that a model may write for one answer: what its cost is bounded by. */
export const answerLimit = 4_096;

/** What the provider says that it used; null where it does not say. */
export interface Generated {
  inputTokens: number | null;
  outputTokens: number | null;
}

/** The model could not answer, or not to the end. `reason` is for the owner, not for the visitor. */
export class ModelFailure extends Error {
  readonly reason: string;
  /** The provider was not reached or did not take the question: where nothing was said, nothing is owed. */
  readonly wasRefused: boolean;

  constructor(reason: string, cause: unknown) {
    super(reason, { cause });
    this.name = "ModelFailure";
    this.reason = reason;
    const status = APICallError.isInstance(cause) ? cause.statusCode : undefined;
    this.wasRefused = isAppError(cause) || (status !== undefined && status >= 400);
  }
}

/**
 * Streams the model's words; returns what it used. The built-in model and a provider's come the same way.
 * A passing fault before the first word is tried once more. Throws ModelFailure when the model refuses,
 * stays silent or breaks off; the signal's reason when that aborted.
 */
export async function* generate(input: GenerateInput): AsyncGenerator<string, Generated> {
  let words = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      const stream = streamOnce(input);
      let step = await stream.next();
      for (; !step.done; step = await stream.next()) {
        words++;
        yield step.value;
      }
      return step.value;
    } catch (error) {
      input.signal.throwIfAborted();
      const wait = words === 0 && attempt === 1 ? waitBeforeRetry(error) : null;
      if (wait === null) throw new ModelFailure(explain(error), error);
      await pause(wait, input.signal);
    }
  }
}

async function* streamOnce(input: GenerateInput): AsyncGenerator<string, Generated> {
  const silence = new AbortController();
  const stop = () => silence.abort(new SilentModel());
  let timer = setTimeout(stop, input.silenceLimit);
  const { question, language, collection } = input;
  const builtin: JSONObject = {
    question,
    language,
    passages: input.passages.map(({ number, text, documentName, headingPath, language, scores }) => ({
      number,
      text,
      title: documentName,
      headingPath,
      language,
      score: scores.fused,
    })),
    ...(collection && {
      collection: {
        liveChunks: collection.liveChunks,
        frequencies: Object.fromEntries(collection.frequencies),
      },
    }),
  };
  let failure: unknown;
  let isBlank = true;
  try {
    const result = streamText({
      model: input.model.model,
      instructions: input.instructions,
      messages: input.messages,
      maxOutputTokens: input.outputLimit ?? answerLimit,
      ...(input.temperature === undefined ? {} : { temperature: input.temperature }),
      maxRetries: 0, // `generate` tries again itself: the visitor does not wait for minutes
      abortSignal: AbortSignal.any([input.signal, silence.signal]),
      providerOptions: input.model.isBuiltin ? { builtin } : {},
      onError: ({ error }) => {
        failure = error;
      },
    });
    for await (const part of result.stream) {
      clearTimeout(timer);
      timer = setTimeout(stop, input.silenceLimit);
      if (part.type === "text-delta" && part.text !== "") {
        isBlank &&= part.text.trim() === "";
        yield visible(part.text.replaceAll("\0", "")); // no database keeps it, and no reader would see the rest
      } else if (part.type === "error") failure = part.error;
      else if (part.type === "abort") failure ??= silence.signal.reason;
    }
    input.signal.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (isBlank && !input.model.isBuiltin) throw new BrokenAnswer("The model's answer was empty.");
    const finish = await result.finishReason;
    const isWhole = finish === "stop" || finish === "length" || finish === "content-filter";
    if (!isWhole && !(input.model.isBuiltin && finish === "other")) {
      throw new BrokenAnswer("The model broke off in the middle of its answer.");
    }
    const usage = await result.totalUsage;
    return { inputTokens: usage.inputTokens ?? null, outputTokens: usage.outputTokens ?? null };
  } catch (error) {
    throw failure ?? error;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Its message is for the owner. */
class BrokenAnswer extends Error {}

class SilentModel extends BrokenAnswer {
  constructor() {
    super("The model was silent for too long.");
  }
}

/** Milliseconds. A provider that asks for a longer wait is not waited for: quoting is at hand. */
const longestWait = 2_000;
const usualWait = 250;

/** How long to wait before the one retry; null for a fault that would come again. */
function waitBeforeRetry(error: unknown): number | null {
  if (isAppError(error)) return error.code === "UPSTREAM_FAILED" ? usualWait : null;
  if (!APICallError.isInstance(error) || !error.isRetryable) return null;
  const asked = error.responseHeaders?.["retry-after"];
  if (asked === undefined) return usualWait;
  const milliseconds = Number(asked) * 1000;
  return milliseconds <= longestWait ? milliseconds : null; // a date, too, is not waited for
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}

/** Never the provider's own words: they may repeat the key, or the visitor's question. */
function explain(error: unknown): string {
  if (isAppError(error) || error instanceof BrokenAnswer) return error.message;
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  if (status === 401 || status === 403) return "The model's key was refused.";
  if (status === 429) return "The model's rate limit or credit is used up.";
  if (status !== undefined && status >= 400) return `The model's provider answered with status ${status}.`;
  return "The model broke off or sent what cannot be read.";
}
