import { askBot, memberChat, openWidget } from "../../harness/chat.ts";
import {
  andKeys,
  type Capability,
  everyone,
  managers,
  members,
  programs,
  supporters,
  visitorsAndMembers,
} from "./capability.ts";

/** A member's chat and a visitor's, each with an answer. */
export const conversations: Capability = {
  async furnish({ server, owner, word, id }) {
    const question = `When does the ${word} shop in the old town open on Mondays?`;
    const answer = await askBot(server, memberChat(owner, id("bot")), question);
    const { conversationId, answerId } = answer.metadata ?? {};
    if (!conversationId || !answerId) throw new Error("The answer says too little of itself.");
    const visitor = await openWidget(server, id("widget"));
    await askBot(server, visitor, question);
    const post = (path: string, body: object) =>
      fetch(`${server.url}/api/chat${path}`, {
        method: "POST",
        headers: { ...visitor.headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await post(`/${visitor.conversationId}/handoff`, { reason: `A question of ${word}` });
    const file = { fileName: `${word}.txt`, base64Content: btoa("A note.") };
    const { id: visitorFile } = await (await post(`/${visitor.conversationId}/attachments`, file)).json();
    const parts = [{ type: "text", text: `A file of ${word}` }];
    const message = { role: "user", parts, attachmentIds: [visitorFile] };
    const sent = await post("", { id: visitor.conversationId, messages: [message] });
    await sent.text();
    const asked = await owner.trpc.qa.ask.mutate({ question });
    return {
      conversation: conversationId,
      answer: answerId,
      visitorConversation: visitor.conversationId,
      visitorFile,
      portalConversation: asked.conversationId,
      interaction: asked.interactionId,
    };
  },
  ids: {
    conversationId: "conversation",
    "conversations.id": "conversation",
    "ragQuery.streamQuery.sessionId": "conversation",
    sessionId: "conversation",
    "POST /api/chat.id": "conversation",
    // a number; where a conversation is named before it, what is followed is the one of the path all the same
    "GET /api/chat/{sessionId}/stream.lastEventId": "chosen",
    "POST /api/chat.messages[].id": "chosen",
    "POST /api/chat.messages[].attachmentIds[]": "visitorFile",
    "POST /api/chat/{sessionId}/attachments.sessionId": "visitorConversation",
    "GET /api/chat/{sessionId}/attachments/{attachmentId}.sessionId": "visitorConversation",
    "GET /api/chat/{sessionId}/attachments/{attachmentId}.attachmentId": "visitorFile",
    "GET /openai/v1/models/{model}.model": "bot",
    "POST /openai/v1/chat/completions.model": "bot",
    "answers.id": "answer",
    answerId: "answer",
    queryLogId: "answer",
    clientId: "chosen",
    "qa.ask.conversationId": "portalConversation",
    "qa.getConversation.(input)": "portalConversation",
    interactionId: "interaction",
  },
  kept: ["conversation", "visitorConversation", "visitorFile", "answer", "portalConversation", "interaction"],
  needed: { "chat.sendMessage": ["botId"], "POST /api/chat": ["botId"] },
  inputs: {
    "POST /api/chat": { messages: [{ role: "user", parts: [{ type: "text", text: "When do you open?" }] }] },
    "POST /api/chat/{sessionId}/attachments": { fileName: "note.txt", base64Content: btoa("Hello") },
    "POST /openai/v1/chat/completions": { messages: [{ role: "user", content: "When do you open?" }] },
  },
  makers: {
    "POST /api/chat": "conversations",
    "chat.sendMessage": "conversations",
    "ragQuery.streamQuery": "conversations",
  },
  personal: ["portalConversation", "interaction"],
  callers: {
    "conversations.*": supporters,
    "conversations.list": andKeys(supporters),
    "conversations.get": andKeys(members),
    "chat.*": [...members, ...programs],
    "answers.get": members,
    "ragQuery.*": members,
    "qa.*": members,
    "qa.getSettings": andKeys(members),
    "qa.getAnalytics": managers,
    "qa.updateSettings": managers,
    "POST /api/widget/{widgetId}/session": everyone,
    "POST /api/chat": visitorsAndMembers,
    "GET /api/chat/{sessionId}/messages": visitorsAndMembers,
    "GET /api/chat/{sessionId}/stream": visitorsAndMembers,
    "POST /api/chat/{sessionId}/handoff": visitorsAndMembers,
    "POST /api/chat/{sessionId}/feedback": visitorsAndMembers,
    "POST /api/chat/{sessionId}/typing": visitorsAndMembers,
    "POST /api/chat/{sessionId}/read": visitorsAndMembers,
    "POST /api/chat/{sessionId}/attachments": ["visitor"],
    "GET /api/chat/{sessionId}/attachments/{attachmentId}": ["visitor"],
    "POST /openai/v1/chat/completions": programs,
    "GET /openai/v1/models": programs,
    "GET /openai/v1/models/{model}": programs,
    "POST /openai/v1/answers/{answerId}/rating": programs,
  },
};
