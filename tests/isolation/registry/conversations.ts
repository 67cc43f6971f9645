import { askBot, memberChat, openWidget } from "../../harness/chat.ts";
import type { Capability } from "./capability.ts";

/** A member's chat and a visitor's, each with an answer. */
export const conversations: Capability = {
  async furnish({ server, owner, word, id }) {
    const question = `When does the ${word} shop in the old town open on Mondays?`;
    const answer = await askBot(server, memberChat(owner, id("bot")), question);
    const { conversationId, answerId } = answer.metadata ?? {};
    if (!conversationId || !answerId) throw new Error("The answer says too little of itself.");
    const visitor = await openWidget(server, id("widget"));
    await askBot(server, visitor, question);
    const asked = await owner.trpc.qa.ask.mutate({ question });
    return {
      conversation: conversationId,
      answer: answerId,
      visitorConversation: visitor.conversationId,
      portalConversation: asked.conversationId,
      interaction: asked.interactionId,
    };
  },
  ids: {
    conversationId: "conversation",
    "conversations.id": "conversation",
    sessionId: "chosen",
    "chat.sendMessage.sessionId": "conversation",
    "chat.history.sessionId": "conversation",
    "answers.id": "answer",
    answerId: "answer",
    queryLogId: "answer",
    clientId: "chosen",
    "qa.ask.conversationId": "portalConversation",
    "qa.getConversation.(input)": "portalConversation",
    interactionId: "interaction",
  },
  personal: ["portalConversation", "interaction"],
};
