import { newId } from "../../../apps/server/src/platform/ids/index.ts";
import { andKeys, type Capability, members, programs, supporters } from "./capability.ts";

const attachment = { fileName: "note.txt", contentType: "text/plain", size: 5 };

/** A note with a file in the visitor's conversation, a view and a canned reply. */
export const helpdesk: Capability = {
  async furnish({ owner, word, id }) {
    const conversationId = id("visitorConversation");
    const { attachmentId, uploadUrl, headers } = await owner.trpc.conversations.attach.mutate({
      id: conversationId,
      ...attachment,
    });
    await fetch(uploadUrl, { method: "PUT", headers, body: "Hello" });
    const note = await owner.trpc.conversations.addNote.mutate({
      id: conversationId,
      text: `A note of ${word}`,
      clientId: newId(),
      attachmentIds: [attachmentId],
    });
    const view = await owner.trpc.views.save.mutate({ name: `View of ${word}`, filter: { search: word } });
    const reply = await owner.trpc.cannedReplies.create.mutate({
      shortcut: word.replace(/[^\p{L}\p{N}_-]/gu, "").slice(0, 40),
      text: `Thanks, says ${word}`,
      language: "en",
    });
    return { message: note.id, attachment: attachmentId, view: view.id, cannedReply: reply.id };
  },
  async remove({ owner, id }) {
    await owner.trpc.views.delete.mutate({ id: id("view") });
    await owner.trpc.cannedReplies.delete.mutate({ id: id("cannedReply") });
  },
  kept: ["message", "attachment"],
  personal: ["view"],
  ids: {
    messageId: "message",
    fromMessageId: "message",
    attachmentId: "attachment",
    "conversations.intoId": "conversation",
    intoConversationId: "conversation",
    "views.id": "view",
    "cannedReplies.id": "cannedReply",
    closureMessageTemplate: "cannedReply",
    endUserId: "customer",
    "sessions.id": "conversation",
    assignedAgentId: "agent",
    assignedTeamId: "team",
    agent_id: "bot",
    ...Object.fromEntries(
      [
        "GET /v1/conversations/{id}",
        "GET /v1/conversations/{id}/events",
        "PATCH /v1/conversations/{id}",
        ...["assign", "transfer", "escalate", "resolve", "reopen", "merge", "split"].map(
          (act) => `POST /v1/conversations/{id}/${act}`,
        ),
      ].map((name) => [`${name}.id`, "visitorConversation"]),
    ),
    "GET /v1/conversations/{conversationId}/messages.before": "message",
    "GET /v1/conversations/{conversationId}/messages.after": "message",
    "GET /v1/messages/{id}.id": "message",
    "DELETE /v1/messages/{id}.id": "message",
    "GET /v1/attachments/{id}.id": "attachment",
    "GET /api/admin/sessions/{session_id}.session_id": "conversation",
  },
  needed: {
    "POST /v1/conversations/{id}/assign": ["agentId"],
    "POST /v1/conversations/{id}/transfer": ["agentId"],
    "views.save": ["id"], // a second view of a name is refused, whatever else is asked
  },
  inputs: {
    "conversations.attach": attachment,
    "conversations.typing": { isTyping: true },
    "views.save": { name: "Mine", filter: {} },
    "cannedReplies.create": { shortcut: "hello", text: "Hello", language: "fr" },
    "POST /v1/conversations/{conversationId}/messages": { content: "Hello" },
    "POST /v1/conversations/{id}/escalate": { reason: "Help" },
  },
  callers: {
    "conversations.search": andKeys(supporters),
    "conversations.events": andKeys(members),
    "conversations.openAttachment": members,
    "views.*": supporters,
    "cannedReplies.*": supporters,
    "sessions.*": [...members, ...programs],
    "GET /v1/conversations": andKeys(supporters),
    "GET /v1/conversations/{id}": andKeys(members),
    "GET /v1/conversations/{id}/events": andKeys(members),
    "GET /v1/conversations/{conversationId}/messages": andKeys(members),
    "GET /v1/messages/{id}": andKeys(members),
    "GET /v1/attachments/{id}": andKeys(members),
    "POST /v1/conversations": andKeys(supporters),
    "PATCH /v1/conversations/{id}": andKeys(supporters),
    ...Object.fromEntries(
      ["assign", "transfer", "escalate", "resolve", "reopen", "merge", "split"].map((act) => [
        `POST /v1/conversations/{id}/${act}`,
        andKeys(supporters),
      ]),
    ),
    "POST /v1/conversations/{conversationId}/messages": andKeys(supporters),
    "DELETE /v1/messages/{id}": andKeys(supporters),
    "GET /api/{tenant_id}/session": [...members, ...programs],
    "POST /api/{tenant_id}/session": [...members, ...programs],
    "GET /api/admin/sessions": andKeys(supporters),
    "GET /api/admin/sessions/{session_id}": andKeys(members),
  },
};
