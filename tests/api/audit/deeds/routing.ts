import { colleague } from "../../../harness/scenarios.ts";
import type { Deeds, World } from "../deed.ts";
import { waitingChat } from "./work.ts";

const agentOf = async ({ server, owner }: World) => (await colleague(server, owner, "agent")).userId;

/** The request for a person of a new chat; whoever owns the tenant has it where `taken`. */
async function escalation(world: World, taken: boolean): Promise<string> {
  const conversationId = await waitingChat(world, taken);
  const { items } = await world.owner.trpc.escalations.list.query({ conversationId });
  return items[0]?.id ?? "";
}

async function answeredChat(world: World): Promise<string> {
  const id = await waitingChat(world, true);
  await world.owner.trpc.conversations.handBack.mutate({ id });
  return id;
}

/** Who answers what: presence, queues, requests for a person. */
export const routing: Deeds = {
  "escalations.create": async (world) => ({
    input: { conversationId: await answeredChat(world), reason: "They are upset", priority: "high" },
  }),
  "escalations.assign": async (world) => ({
    input: { id: await escalation(world, false), agentId: await agentOf(world) },
  }),
  "escalations.updateStatus": async (world) => ({
    input: { id: await escalation(world, true), status: "pending" },
  }),
  "escalations.resolve": async (world) => ({ input: { id: await escalation(world, true) } }),
  "routing.updateSettings": () => ({ input: { awayAfterMinutes: 20 } }),
  "routing.setStatus": () => ({ input: { status: "available", maxConcurrent: 50 } }),
  "routing.assignNext": async (world) => {
    await waitingChat(world, false);
    await world.owner.trpc.routing.setStatus.mutate({ status: "available", maxConcurrent: 100 });
    return {};
  },
  "routing.assign": async (world) => ({
    input: { conversationId: await waitingChat(world, false), agentId: await agentOf(world) },
  }),
  "routing.transfer": async (world) => ({
    input: {
      conversationId: await waitingChat(world, true),
      agentId: await agentOf(world),
      reason: "She knows more",
    },
  }),
  "POST /v1/routing/assign-next": async (world) => {
    await waitingChat(world, false);
    await world.owner.trpc.routing.setStatus.mutate({ status: "available", maxConcurrent: 100 });
    return { as: world.bearer };
  },
  "PATCH /v1/routing/status": ({ bearer }) => ({ input: { status: "busy" }, as: bearer }),
  "POST /api/admin/escalation/{session_id}/escalate": async (world) => ({
    params: { session_id: await answeredChat(world) },
    as: world.bearer,
  }),
  "POST /api/admin/escalation/{session_id}/assign": async (world) => ({
    params: { session_id: await waitingChat(world, false) },
    input: { supporter_id: await agentOf(world) },
    as: world.bearer,
  }),
  "POST /api/admin/escalation/{session_id}/resolve": async (world) => ({
    params: { session_id: await waitingChat(world, true) },
    as: world.bearer,
  }),
  "POST /api/admin/escalation/staff": ({ bearer }) => ({
    input: { email: `${crypto.randomUUID()}@example.test`, name: "Sam" },
    as: bearer,
  }),
  "POST /api/{tenant_id}/supporter/message": async (world) => ({
    params: { tenant_id: world.owner.tenantId },
    input: { session_id: await waitingChat(world, false), message: "Hello" },
    as: world.bearer,
  }),
};
