import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { merge } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import { surveyAnswered, surveyDismissed, surveyInvited } from "../surveys.events.ts";

/** In which conversations customers are asked, answer, or put a survey away, from now on until `signal` aborts. */
export async function* surveyChanges(
  ctx: Ctx,
  signal: AbortSignal,
): AsyncGenerator<{ type: "survey"; conversationId: string }> {
  assertCan(ctx.actor, "read conversations");
  const told = [surveyInvited, surveyAnswered, surveyDismissed].map((event) =>
    notices(ctx.events, ctx.tenantId, event, signal),
  );
  for await (const { conversationId } of merge(signal, told)) yield { type: "survey", conversationId };
}
