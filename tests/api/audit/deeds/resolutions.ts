import { waitingConversation } from "../../../harness/conversations.ts";
import type { Deeds, World } from "../deed.ts";

const work = { issueType: "technical", owningTeam: "engineering" };

async function resolution({ server, owner }: World, createSwarm = false) {
  const conversationId = await waitingConversation(server, owner);
  return owner.trpc.resolutions.create.mutate({ conversationId, ...work, createSwarm });
}

async function swarm(world: World): Promise<string> {
  return (await resolution(world, true)).swarm?.id ?? "";
}

type Made = (world: World) => Promise<string>;

/** The same deed as a procedure's, where a field names the thing, and as a route's, where the path does. */
function both(procedure: string, route: string, field: string, make: Made, input: object): Deeds {
  return {
    [procedure]: async (world) => ({ input: { [field]: await make(world), ...input } }),
    [route]: async (world) => ({ params: { id: await make(world) }, input, as: world.bearer }),
  };
}

const resolutionId: Made = async (world) => (await resolution(world)).id;
const opening = async ({ server, owner }: World) => ({
  conversationId: await waitingConversation(server, owner),
  ...work,
});

/** What is done to resolutions and in swarms. */
export const resolutionDeeds: Deeds = {
  "resolutions.create": async (world) => ({ input: await opening(world) }),
  "POST /v1/resolutions": async (world) => ({ input: await opening(world), as: world.bearer }),
  "swarms.create": async (world) => ({ input: { resolutionId: await resolutionId(world) } }),
  "POST /v1/swarms": async (world) => ({
    input: { resolutionId: await resolutionId(world) },
    as: world.bearer,
  }),
  ...both("resolutions.update", "PATCH /v1/resolutions/{id}", "resolutionId", resolutionId, {
    status: "investigating",
  }),
  ...both("resolutions.updateEta", "POST /v1/resolutions/{id}/update-eta", "resolutionId", resolutionId, {
    expectedResolutionAt: "2040-01-01T00:00:00Z",
  }),
  ...both("resolutions.addUpdate", "POST /v1/resolutions/{id}/add-update", "resolutionId", resolutionId, {
    content: "Seen",
  }),
  ...both(
    "resolutions.sendCustomerUpdate",
    "POST /v1/resolutions/{id}/send-customer-update",
    "resolutionId",
    resolutionId,
    { templateId: "acknowledgement" },
  ),
  ...both("resolutions.resolve", "POST /v1/resolutions/{id}/resolve", "resolutionId", resolutionId, {}),
  ...both("swarms.sendMessage", "POST /v1/swarms/{id}/message", "swarmId", swarm, { content: "Hello" }),
  "swarms.addParticipant": async (world) => ({
    input: { swarmId: await swarm(world), userId: world.id("colleague") },
  }),
  "POST /v1/swarms/{id}/add-participant": async (world) => ({
    params: { id: await swarm(world) },
    input: { userId: world.id("colleague") },
    as: world.bearer,
  }),
  ...both("swarms.close", "POST /v1/swarms/{id}/close", "swarmId", swarm, {}),
};
