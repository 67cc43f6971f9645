import { andKeys, type Capability, everyone, managers, supporters } from "./capability.ts";

/** A survey, switched off so that nothing else is asked, with a link to it for the visitor of the conversations. */
export const surveys: Capability = {
  async furnish({ owner, word, id }) {
    const { id: surveyId } = await owner.trpc.surveys.create.mutate({
      name: `Survey ${word}`,
      kind: "custom",
      questions: [{ key: "why", kind: "text", text: { en: `What of ${word}?` } }],
    });
    const conversationId = id("visitorConversation");
    await owner.trpc.surveys.createLink.mutate({ surveyId, conversationId });
    const [asked] = await owner.trpc.surveys.ofConversation.query({ conversationId });
    return { survey: surveyId, surveyInvitation: asked?.invitationId ?? "" };
  },
  async remove({ owner, id }) {
    await owner.trpc.surveys.delete.mutate({ surveyId: id("survey") });
  },
  ids: {
    surveyId: "survey",
    invitationId: "surveyInvitation",
    "surveys.createLink.conversationId": "visitorConversation",
  },
  inputs: {
    "surveys.create": { name: "CSAT", kind: "csat" },
    "surveys.results": { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" },
    "surveys.open": { token: "x" },
    "surveys.respond": { token: "x", answers: {} },
    "POST /api/chat/{sessionId}/surveys/{invitationId}": { answers: { why: "Because" } },
  },
  callers: {
    "surveys.*": managers,
    "surveys.list": andKeys(supporters),
    "surveys.get": andKeys(supporters),
    "surveys.results": andKeys(supporters),
    "surveys.ofConversation": andKeys(supporters),
    "surveys.createLink": andKeys(supporters),
    "surveys.open": everyone,
    "surveys.respond": everyone,
    "POST /api/chat/{sessionId}/surveys/{invitationId}": ["visitor"],
    "DELETE /api/chat/{sessionId}/surveys/{invitationId}": ["visitor"],
  },
};
