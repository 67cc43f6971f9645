import { colleague } from "../../harness/scenarios.ts";
import { andKeys, type Capability, managers, supporters } from "./capability.ts";

/** Who answers, and the request for a person that the visitor's conversation stands with. */
export const routing: Capability = {
  async furnish({ server, owner, word, id }) {
    const agent = await colleague(server, owner, "agent");
    await owner.trpc.routing.updateSettings.mutate({ promises: { en: `Back on Monday, says ${word}.` } });
    const { items } = await owner.trpc.escalations.list.query({ conversationId: id("visitorConversation") });
    return { agent: agent.userId, escalation: items[0]?.id ?? "" };
  },
  ids: {
    agentId: "agent",
    fromAgentId: "agent",
    assigneeId: "agent",
    supporter_id: "agent",
    "escalations.id": "escalation",
    "POST /api/admin/escalation/{session_id}/escalate.session_id": "conversation",
    "POST /api/admin/escalation/{session_id}/assign.session_id": "visitorConversation",
    "POST /api/admin/escalation/{session_id}/resolve.session_id": "visitorConversation",
    "POST /api/{tenant_id}/supporter/message.session_id": "visitorConversation",
    "POST /api/{tenant_id}/supporter/message.client_id": "chosen",
  },
  kept: ["agent", "escalation"],
  needed: {
    "GET /v1/routing/queue": ["agentId"],
    "routing.assign": ["agentId"],
    "routing.transfer": ["agentId"],
  },
  inputs: {
    "routing.setStatus": { status: "available" },
    "PATCH /v1/routing/status": { status: "available" },
  },
  callers: {
    "routing.*": supporters,
    "routing.updateSettings": managers,
    "escalations.*": andKeys(supporters),
    "GET /v1/routing/queue": andKeys(supporters),
    "POST /v1/routing/assign-next": supporters,
    "PATCH /v1/routing/status": supporters,
    "GET /api/admin/escalation/queue": managers,
    "POST /api/admin/escalation/{session_id}/escalate": managers,
    "POST /api/admin/escalation/{session_id}/assign": managers,
    "POST /api/admin/escalation/{session_id}/resolve": managers,
    "GET /api/admin/escalation/staff": managers,
    "POST /api/admin/escalation/staff": managers,
    "GET /api/{tenant_id}/supporter/sessions": supporters,
    "POST /api/{tenant_id}/supporter/message": supporters,
  },
};
