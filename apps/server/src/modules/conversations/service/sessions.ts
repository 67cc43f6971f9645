import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertMayMove } from "../conversation-state.ts";
import * as queries from "../conversations.queries.ts";
import { moveConversation } from "./change.ts";
import { settleRequest } from "./escalations.ts";

/** Ends a conversation: an agent any, others what they opened themselves. */
export async function endConversation(
  ctx: Ctx,
  input: { conversationId: string },
): Promise<queries.ConversationRow> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (!isOwn(ctx, conversation)) assertCan(ctx.actor, "answer conversations");
    assertMayMove(conversation.status, "resolved");
    await settleRequest(ctx, conversation.id, "resolved");
    const ended = await moveConversation(ctx, conversation, "resolved");
    await recordAudit(ctx, {
      action: "conversation.resolved",
      subjectType: "conversation",
      subjectId: conversation.id,
      before: { status: conversation.status },
      after: { status: ended.status },
    });
    return ended;
  });
}

function isOwn({ actor }: Pick<Ctx, "actor">, row: queries.ConversationRow): boolean {
  if (actor.kind === "user") return row.memberId === actor.userId;
  if (actor.kind === "apiKey") return row.apiKeyId === actor.keyId;
  return actor.kind === "visitor" && row.customerId === actor.customerId;
}
