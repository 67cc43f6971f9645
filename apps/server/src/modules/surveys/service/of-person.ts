import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findConversation } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../surveys.queries.ts";
import type { ConversationSurvey } from "../surveys.schema.ts";

/** What was asked in a conversation, and answered. */
export async function surveysOfConversation(
  ctx: Ctx,
  { conversationId }: { conversationId: string },
): Promise<ConversationSurvey[]> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    await findConversation(ctx, conversationId);
    return (await queries.askedOf(ctx, [conversationId])).map(describe);
  });
}

/** What people answered in these conversations, to hand it to them; by conversation. */
export async function surveysOfConversations(
  ctx: TxCtx,
  conversationIds: string[],
): Promise<Map<string, ConversationSurvey[]>> {
  const asked = await queries.askedOf(ctx, conversationIds);
  const byConversation = Map.groupBy(asked, ({ invitation }) => invitation.conversationId);
  return new Map([...byConversation].map(([id, rows]) => [id, rows.map(describe)]));
}

/** Takes a person's words out of what they answered; the figures stay. Links to what they were asked work no more. */
export function eraseSurveyWords(ctx: TxCtx, conversationIds: string[], erased: string): Promise<void> {
  return queries.eraseWords(ctx, conversationIds, erased);
}

function describe({
  invitation,
  survey,
  response,
}: Awaited<ReturnType<typeof queries.askedOf>>[number]): ConversationSurvey {
  const { id, sentAt, mailedAt, expiresAt, dismissedAt } = invitation;
  const { name, kind, questions } = survey;
  const answered = response && {
    answers: response.answers,
    score: response.score,
    comment: response.comment,
    createdAt: response.createdAt,
  };
  return {
    invitationId: id,
    surveyId: survey.id,
    name,
    kind,
    questions,
    sentAt,
    mailedAt,
    expiresAt,
    dismissedAt,
    response: answered,
  };
}
