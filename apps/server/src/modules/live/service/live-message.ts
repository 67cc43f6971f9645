import type { z } from "zod";
import type { ConversationRow, Message } from "../../conversations/index.ts";
import type { liveMessageSchema } from "../live.events.schema.ts";

/** Seed 004 says `web_chat` for the widget. */
export function channelName(channel: ConversationRow["channel"]): string {
  return channel === "widget" ? "web_chat" : channel;
}

/** A message in the words of seed 004. */
export function toLiveMessage(
  conversation: Pick<ConversationRow, "id" | "channel">,
  message: Message,
): z.infer<typeof liveMessageSchema> {
  return {
    id: message.id,
    conversationId: conversation.id,
    channel: channelName(message.channel ?? conversation.channel),
    direction: message.author === "customer" ? "inbound" : "outbound",
    senderType: message.author === "bot" ? "ai" : message.author,
    senderId: message.authorId,
    senderName: message.authorName,
    content: message.text,
    contentType: message.contentType,
    internal: message.internal,
    status: message.delivery,
    state: message.state,
    sequence: message.sequence,
    deletedAt: message.deletedAt?.toISOString() ?? null,
    createdAt: message.createdAt.toISOString(),
  };
}
