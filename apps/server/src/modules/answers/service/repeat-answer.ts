import type { Ctx } from "../../../ports/index.ts";
import type { Message } from "../../conversations/index.ts";
import type { AnswerEvent } from "../answers.types.ts";
import { withAnswers } from "./read-answers.ts";

/** A reply that was given before, as its first reader saw it. */
export async function repeatAnswer(ctx: Ctx, reply: Message, conversationId: string): Promise<AnswerEvent[]> {
  const [answered] = await withAnswers(ctx, [reply]);
  const answer = answered?.answer ?? null;
  return [
    { type: "start", messageId: reply.id, conversationId },
    ...(answer?.citations ?? []).map((citation): AnswerEvent => ({ type: "citation", citation })),
    { type: "delta", delta: reply.text },
    ...(answer
      ? [
          {
            type: "verification" as const,
            verdict: answer.verdict,
            confidence: answer.confidence,
            mode: answer.mode,
            model: answer.model,
            claims: answer.claims,
            notice: null,
          },
        ]
      : []),
    ...(answer?.offer ? [{ type: "handoff" as const, offered: true as const, reason: answer.offer }] : []),
    { type: "end", messageId: reply.id, answerId: answer?.id ?? null, state: "complete" },
  ];
}
