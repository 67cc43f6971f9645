import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../conversations.queries.ts";
import { appendMessage } from "./append.ts";
import { assertArrived, bindAttachments } from "./attachments.ts";
import { type ShownMessage, showOne } from "./read-messages.ts";

/**
 * Tells the customer something beside the talk, such as how the work on their problem goes: whose the conversation is
 * and its state stay as they are. Sending again with the same `clientId` adds nothing.
 */
export async function tellCustomer(
  ctx: Ctx,
  input: {
    conversationId: string;
    text: string;
    clientId: string;
    attachmentIds?: readonly string[] | undefined;
    /** One over which the conversation goes; its own where it is left out. */
    channel?: queries.ConversationRow["channel"] | undefined;
  },
): Promise<{ message: ShownMessage; channel: queries.ConversationRow["channel"]; repeated: boolean }> {
  const { actor } = ctx;
  assertCan(actor, "answer conversations");
  const files = await assertArrived(ctx, input.conversationId, input.attachmentIds);
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    const known = await queries.findByClientId(ctx, conversation.id, input.clientId);
    if (known) {
      return {
        message: await showOne(ctx, known, conversation),
        channel: known.channel ?? conversation.channel,
        repeated: true,
      };
    }
    const channel = input.channel ?? reachableOver(conversation).at(-1) ?? conversation.channel;
    assertGoesOver(conversation, channel);
    const added = await appendMessage(ctx, conversation, {
      author: actor.kind === "user" ? "agent" : "system",
      authorId: actor.kind === "user" ? actor.userId : null,
      authorName: actor.kind === "user" ? actor.name : null,
      text: input.text,
      clientId: input.clientId,
      channel,
      attachmentCount: files.length,
    });
    await bindAttachments(ctx, added.message, files);
    return { message: await showOne(ctx, added.message, conversation), channel, repeated: false };
  });
}

/** The channels over which its customer can be reached, the present one last. */
export function reachableOver(
  conversation: Pick<queries.ConversationRow, "channel" | "channelsUsed">,
): queries.ConversationRow["channel"][] {
  return conversation.channelsUsed.length > 0 ? conversation.channelsUsed : [conversation.channel];
}

function assertGoesOver(
  conversation: queries.ConversationRow,
  channel: queries.ConversationRow["channel"],
): void {
  const allowed = reachableOver(conversation);
  if (allowed.includes(channel)) return;
  throw new AppError(
    "VALIDATION_ERROR",
    `This conversation does not go over ${channel}. The customer can be told over ${allowed.join(", ")}.`,
    { details: { channel, allowed } },
  );
}
