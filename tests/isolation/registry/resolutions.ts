import { swarmMirrors } from "../../../apps/server/src/modules/resolutions/mirror/mirror.tables.ts";
import { andKeys, type Capability, everyone, supporters } from "./capability.ts";

/** The work behind a visitor's conversation, with a swarm that talks about it. */
export const resolutions: Capability = {
  async furnish({ server, owner, word, id }) {
    const made = await owner.trpc.resolutions.create.mutate({
      conversationId: id("visitorConversation"),
      issueType: `Trouble ${word}`,
      owningTeam: `Team ${word}`,
      affectedSystems: [`System ${word}`],
      initialNotes: `A note of ${word}`,
      createSwarm: true,
    });
    const resolutionId = made.id;
    const swarm = made.swarm?.id ?? "";
    await owner.trpc.resolutions.update.mutate({ resolutionId, rootCause: `The cause is ${word}` });
    await owner.trpc.resolutions.updateEta.mutate({
      resolutionId,
      expectedResolutionAt: "2040-01-01T00:00:00Z",
      reason: `As ${word} says`,
    });
    await owner.trpc.resolutions.sendCustomerUpdate.mutate({
      resolutionId,
      customContent: `We work on ${word}.`,
    });
    const { id: swarmMessage } = await owner.trpc.swarms.sendMessage.mutate({
      swarmId: swarm,
      content: `Does anybody know ${word}?`,
    });
    // as Slack leaves one that it refuses: nobody works on it any more
    await server.services.db
      .system()
      .insert(swarmMirrors)
      .values({
        tenantId: owner.tenantId,
        swarmId: swarm,
        state: "failed",
        reason: "token",
        failure: `Slack refuses ${word}`,
        channelId: `C-${swarm}`,
        channelName: `incident-${word}`,
      });
    return { resolution: resolutionId, swarm, swarmMessage };
  },
  // they stay as long as their conversation does
  kept: ["resolution", "swarm", "swarmMessage"],
  ids: {
    resolutionId: "resolution",
    swarmId: "swarm",
    "resolutions.ownerId": "colleague",
    "swarms.leadId": "colleague",
    "swarms.userId": "colleague",
    "swarms.initialParticipants[]": "colleague",
    "swarms.messages.before": "swarmMessage",
    "GET /v1/resolutions.ownerId": "colleague",
    "POST /v1/resolutions.ownerId": "colleague",
    "PATCH /v1/resolutions/{id}.ownerId": "colleague",
    "GET /v1/resolutions/{id}.id": "resolution",
    "PATCH /v1/resolutions/{id}.id": "resolution",
    "POST /v1/resolutions/{id}/update-eta.id": "resolution",
    "POST /v1/resolutions/{id}/add-update.id": "resolution",
    "POST /v1/resolutions/{id}/send-customer-update.id": "resolution",
    "POST /v1/resolutions/{id}/resolve.id": "resolution",
    "GET /v1/swarms/{id}.id": "swarm",
    "POST /v1/swarms.leadId": "colleague",
    "POST /v1/swarms.initialParticipants[]": "colleague",
    "POST /v1/swarms/{id}/message.id": "swarm",
    "POST /v1/swarms/{id}/add-participant.id": "swarm",
    "POST /v1/swarms/{id}/add-participant.userId": "colleague",
    "POST /v1/swarms/{id}/close.id": "swarm",
  },
  inputs: {
    "resolutions.sendCustomerUpdate": { templateId: "status_update" },
    "POST /v1/resolutions/{id}/send-customer-update": { templateId: "status_update" },
  },
  callers: {
    "resolutions.*": supporters,
    "resolutions.list": andKeys(supporters),
    "resolutions.counts": andKeys(supporters),
    "resolutions.get": andKeys(supporters),
    "resolutions.ofConversation": andKeys(supporters),
    "swarms.*": supporters,
    "swarms.list": andKeys(supporters),
    "swarms.get": andKeys(supporters),
    "swarms.messages": andKeys(supporters),
    "GET /v1/resolutions": andKeys(supporters),
    "GET /v1/resolutions/{id}": andKeys(supporters),
    "POST /v1/resolutions": supporters,
    "PATCH /v1/resolutions/{id}": supporters,
    "POST /v1/resolutions/{id}/update-eta": supporters,
    "POST /v1/resolutions/{id}/add-update": supporters,
    "POST /v1/resolutions/{id}/send-customer-update": supporters,
    "POST /v1/resolutions/{id}/resolve": supporters,
    "GET /v1/swarms": andKeys(supporters),
    "GET /v1/swarms/{id}": andKeys(supporters),
    "POST /v1/swarms": supporters,
    "POST /v1/swarms/{id}/message": supporters,
    "POST /v1/swarms/{id}/add-participant": supporters,
    "POST /v1/swarms/{id}/close": supporters,
    // whoever calls is known by a signature that none of these makes
    "POST /v1/webhooks/slack/events": everyone,
  },
};
