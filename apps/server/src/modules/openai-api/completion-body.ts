import { annotationsOf } from "./annotations.ts";
import type { CompletionEvent, Outcome } from "./service/complete-chat.ts";

/** OpenAI's chat completion and its chunks, with what lies behind the answer under `parlance`. */

interface Head {
  id: string;
  created: number;
  model: string;
}

export function headOf({ id, model }: Extract<CompletionEvent, { type: "accepted" }>, now: Date): Head {
  return { id: `chatcmpl-${id}`, created: Math.floor(now.getTime() / 1000), model };
}

export function completion(head: Head, content: string, outcome: Outcome): object {
  return {
    ...head,
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content,
          refusal: null,
          annotations: annotationsOf(content, outcome.answer?.citations ?? []),
          parlance: background(outcome),
        },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: usage(outcome),
    system_fingerprint: null,
  };
}

type Delta = { role?: "assistant"; content?: string };

export function chunk(head: Head, delta: Delta, includeUsage: boolean): object {
  return {
    ...chunkHead(head),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
    ...(includeUsage ? { usage: null } : {}),
  };
}

/** The last chunk with a choice: why it ended, what it cites, and what lies behind it. `content` is all that was said. */
export function lastChunk(head: Head, content: string, outcome: Outcome, includeUsage: boolean): object {
  const annotations = annotationsOf(content, outcome.answer?.citations ?? []);
  return {
    ...chunkHead(head),
    choices: [
      {
        index: 0,
        delta: annotations.length > 0 ? { annotations } : {},
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    ...(includeUsage ? { usage: null } : {}),
    parlance: background(outcome),
  };
}

export function usageChunk(head: Head, outcome: Outcome): object {
  return { ...chunkHead(head), choices: [], usage: usage(outcome) };
}

function chunkHead(head: Head) {
  return { ...head, object: "chat.completion.chunk", system_fingerprint: null };
}

function background({ answer, conversationId, handoff, offered }: Outcome): object {
  return {
    answerId: answer?.id ?? null,
    conversationId,
    confidence: answer?.confidence ?? null,
    verdict: answer?.verdict ?? null,
    mode: answer?.mode ?? null,
    citations: answer?.citations ?? [],
    handoff,
    handoffOffered: offered,
  };
}

/** What the bot's model used; nothing where the documents were quoted without one. */
function usage({ answer }: Outcome) {
  const prompt_tokens = answer?.inputTokens ?? 0;
  const completion_tokens = answer?.outputTokens ?? 0;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
