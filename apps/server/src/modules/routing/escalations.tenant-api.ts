import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { tellTotal, tenantApiPageQuery, tenantApiRoute } from "../../faces/tenant-api/tenant-api-route.ts";
import { escalationPriorities, escalationStatuses } from "../conversations/index.ts";
import { assertCan } from "../identity/index.ts";
import { emailAddress, invite, personName } from "../members/index.ts";
import { agentStatuses } from "../presence/index.ts";
import type { Escalation } from "./escalations.schema.ts";
import { reasonText } from "./routing.schema.ts";
import { assignSession, createEscalation, listEscalations, resolveSession } from "./service/escalations.ts";
import { listAgents } from "./service/status.ts";

const bySession = z.object({ session_id: z.uuid() });

const escalationAnswer = z.object({
  id: z.uuid(),
  session_id: z.uuid(),
  status: z.enum(escalationStatuses),
  priority: z.enum(escalationPriorities),
  reason: z.string(),
  supporter_id: z.uuid().nullable(),
  supporter_name: z.string().nullable(),
  user_name: z.string().nullable(),
  created_at: z.date(),
  assigned_at: z.date().nullable(),
  resolved_at: z.date().nullable(),
});

function toAnswer(escalation: Escalation): z.input<typeof escalationAnswer> {
  const { id, conversationId, status, priority, reason, assignee, customerName } = escalation;
  return {
    id,
    session_id: conversationId,
    status,
    priority,
    reason,
    supporter_id: assignee?.id ?? null,
    supporter_name: assignee?.name ?? null,
    user_name: customerName,
    created_at: escalation.createdAt,
    assigned_at: escalation.assignedAt,
    resolved_at: escalation.resolvedAt,
  };
}

const staffAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(agentStatuses),
  active_sessions: z.number().int(),
  max_sessions: z.number().int(),
});

/** Seed 002, section 8: for whoever manages routing in their workspace. */
export const escalationRoutes: Route[] = [
  tenantApiRoute({
    method: "GET",
    path: "/admin/escalation/queue",
    summary:
      "Requests for a person, those that wait the longest first; `pending` unless another status is asked for.",
    query: tenantApiPageQuery.extend({ status: z.enum(escalationStatuses).default("pending") }),
    response: z.array(escalationAnswer),
    async run(ctx, { query: { page, limit, status }, reply }) {
      assertCan(ctx.actor, "manage routing");
      const { items, total } = await listEscalations(ctx, { page, pageSize: limit, status });
      tellTotal(reply, total);
      return items.map(toAnswer);
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/admin/escalation/{session_id}/escalate",
    summary:
      "Asks for a person in a session, which is confirmed to its user. The bot is silent from then on.",
    params: bySession,
    body: z.object({
      reason: reasonText.default("Escalated by hand."),
      priority: z.enum(escalationPriorities).default("normal"),
    }),
    response: escalationAnswer,
    async run(ctx, { params, body }) {
      assertCan(ctx.actor, "manage routing");
      return toAnswer(await createEscalation(ctx, { conversationId: params.session_id, ...body }));
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/admin/escalation/{session_id}/assign",
    summary: "Gives an escalated session to a supporter.",
    params: bySession,
    body: z.object({ supporter_id: z.uuid() }),
    response: escalationAnswer,
    async run(ctx, { params, body }) {
      assertCan(ctx.actor, "manage routing");
      const input = { conversationId: params.session_id, agentId: body.supporter_id };
      return toAnswer(await assignSession(ctx, input));
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/admin/escalation/{session_id}/resolve",
    summary: "Ends the request of a session, and the session with it.",
    params: bySession,
    response: escalationAnswer,
    async run(ctx, { params }) {
      assertCan(ctx.actor, "manage routing");
      return toAnswer(await resolveSession(ctx, { conversationId: params.session_id }));
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/admin/escalation/staff",
    summary: "Everybody who answers sessions, by name, with how they stand.",
    response: z.array(staffAnswer),
    async run(ctx, { reply }) {
      assertCan(ctx.actor, "manage routing");
      const agents = await listAgents(ctx);
      tellTotal(reply, agents.length);
      return agents.map(({ agentId, name, status, currentCount, capacity }) => ({
        id: agentId,
        name,
        status,
        active_sessions: currentCount,
        max_sessions: capacity,
      }));
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/admin/escalation/staff",
    summary: "Invites a supporter. `invite_link` is null where it was mailed, and otherwise shown this once.",
    status: 201,
    body: z.object({ email: emailAddress, name: personName.optional() }),
    response: z.object({
      invitation_id: z.uuid().nullable(),
      email: z.string(),
      status: z.enum(["invited", "member"]),
      invite_link: z.string().nullable(),
    }),
    async run(ctx, { body: { email, name } }) {
      assertCan(ctx.actor, "manage routing");
      const { invitations } = await invite(ctx, { emails: [email], role: "agent", name });
      const [sent] = invitations;
      if (!sent) return { invitation_id: null, email, status: "member" as const, invite_link: null };
      return { invitation_id: sent.id, email, status: "invited" as const, invite_link: sent.link };
    },
  }),
];
