import type { JSONValue } from "@ai-sdk/provider";
import { type ModelMessage, streamText } from "ai";
import type { AnsweringModel } from "../../models/index.ts";
import type { NumberedPassage } from "./prompt.ts";

/** Milliseconds without a word from the model after which it counts as failed. */
export const silenceLimit = 30_000;

export interface GenerateInput {
  model: AnsweringModel;
  instructions: string;
  messages: ModelMessage[];
  question: string;
  language: string;
  passages: NumberedPassage[];
  signal: AbortSignal;
  /** Milliseconds; for tests. */
  silenceLimit?: number;
}

export interface Generated {
  inputTokens: number;
  outputTokens: number;
}

/** The model could not answer, or not to the end. `reason` is for the owner, not for the visitor. */
export class ModelFailure extends Error {
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(reason, { cause });
    this.name = "ModelFailure";
    this.reason = reason;
  }
}

/**
 * Streams the model's words; returns what it used. The built-in model and a provider's come the same way.
 * Throws ModelFailure when it refuses, stays silent or breaks off; the signal's reason when that aborted.
 */
export async function* generate(input: GenerateInput): AsyncGenerator<string, Generated> {
  const silence = new AbortController();
  const limit = input.silenceLimit ?? silenceLimit;
  const stop = () => silence.abort(new Error("The model was silent for too long."));
  let timer = setTimeout(stop, limit);
  const passages: JSONValue = input.passages.map(({ number, text, documentName, headingPath }) => ({
    number,
    text,
    title: [documentName, ...headingPath].join(" > "),
  }));
  let failure: unknown;
  let words = 0;
  try {
    const result = streamText({
      model: input.model.model,
      instructions: input.instructions,
      messages: input.messages,
      maxRetries: 1,
      abortSignal: AbortSignal.any([input.signal, silence.signal]),
      providerOptions: input.model.isBuiltin
        ? { builtin: { question: input.question, language: input.language, passages } }
        : {},
      onError: ({ error }) => {
        failure = error;
      },
    });
    for await (const part of result.stream) {
      clearTimeout(timer);
      timer = setTimeout(stop, limit);
      if (part.type === "text-delta" && part.text !== "") {
        words++;
        yield part.text;
      } else if (part.type === "error") failure = part.error;
      else if (part.type === "abort") failure ??= silence.signal.reason;
    }
    input.signal.throwIfAborted();
    if (failure !== undefined) throw failure;
    if (words === 0 && !input.model.isBuiltin) throw new Error("The model's answer was empty.");
    const finish = await result.finishReason;
    if (finish === "error") throw new Error("The model broke off.");
    const usage = await result.totalUsage;
    return { inputTokens: usage.inputTokens ?? 0, outputTokens: usage.outputTokens ?? 0 };
  } catch (error) {
    input.signal.throwIfAborted();
    throw new ModelFailure(explain(failure ?? error), failure ?? error);
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

function explain(error: unknown): string {
  const status = typeof error === "object" && error !== null ? Reflect.get(error, "statusCode") : undefined;
  if (status === 401 || status === 403) return "The model's key was refused.";
  if (status === 429) return "The model's rate limit or credit is used up.";
  if (typeof status === "number") return `The model's provider answered with status ${status}.`;
  return error instanceof Error ? error.message.slice(0, 200) : "The model failed.";
}
