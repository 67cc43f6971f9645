import type { Ctx } from "../../../ports/index.ts";
import { type Message, readMessages } from "../../conversations/index.ts";
import type { AnswerEvent } from "../answers.types.ts";
import { withAnswers } from "./read-answers.ts";

/**
 * The answer that a message got when it was sent the first time, as a reader would have seen it; null
 * when it got none, so that sending again answers it.
 */
export async function repeatAnswer(
  ctx: Ctx,
  conversationId: string,
  message: Message,
): Promise<AnswerEvent[] | null> {
  const all = await readMessages(ctx, { conversationId });
  const next = all.find(
    (candidate) => candidate.sequence > message.sequence && candidate.author !== "system",
  );
  if (next?.author !== "bot" || next.state !== "complete") return null;
  const [answered] = await withAnswers(ctx, [next]);
  const answer = answered?.answer ?? null;
  return [
    { type: "start", messageId: next.id },
    ...(answer?.citations ?? []).map((citation): AnswerEvent => ({ type: "citation", citation })),
    { type: "delta", delta: next.text },
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
    { type: "end", messageId: next.id, answerId: answer?.id ?? null, state: "complete" },
  ];
}
