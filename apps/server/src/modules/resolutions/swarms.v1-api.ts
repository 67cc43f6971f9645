import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { resolutionStatuses } from "./resolution-state.ts";
import { getSwarm, listSwarms } from "./service/read-swarms.ts";
import { addSwarmParticipant, closeSwarm, createSwarm, sendSwarmMessage } from "./service/swarms.ts";
import {
  addParticipantSchema,
  createSwarmSchema,
  type Swarm,
  type SwarmDetail,
  swarmFilterSchema,
  swarmMessageSchema,
  swarmSchema,
  swarmTextSchema,
} from "./swarms.schema.ts";
import { swarmRoles, swarmStatuses } from "./swarms.tables.ts";

const params = z.object({ id: z.uuid() });
const v1Person = z.object({ id: z.uuid(), displayName: z.string() });

const v1SwarmSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(swarmStatuses),
  /** With its #; null while no channel of Slack mirrors it. */
  slackChannelName: z.string().nullable(),
  mirror: swarmSchema.shape.mirror,
  resolutionId: z.uuid(),
  resolution: z.object({ id: z.uuid(), issueType: z.string(), status: z.enum(resolutionStatuses) }),
  lead: v1Person,
  participants: z.array(v1Person.extend({ role: z.enum(swarmRoles) })),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
});

const v1SwarmDetailSchema = v1SwarmSchema.extend({
  messages: z.array(swarmMessageSchema),
  hasOlder: z.boolean(),
});

const toV1Person = ({ id, name }: { id: string; name: string }) => ({ id, displayName: name });

function toV1Swarm({ lead, participants, ...rest }: Omit<Swarm, "messages">): z.input<typeof v1SwarmSchema> {
  return {
    ...rest,
    resolutionId: rest.resolution.id,
    lead: toV1Person(lead),
    participants: participants.map((person) => ({ ...toV1Person(person), role: person.role })),
  };
}

function toV1Whole({ messages, hasOlder, ...rest }: SwarmDetail): z.input<typeof v1SwarmDetailSchema> {
  return { ...toV1Swarm(rest), messages, hasOlder };
}

/** Seed 004, "Swarms". They work without Slack, and are mirrored to it where it is connected. */
export const v1SwarmRoutes: Route[] = [
  v1ListRoute({
    path: "/swarms",
    summary: "The swarms at work, the newest first; closed ones with status=closed.",
    query: v1PageQuery.extend(swarmFilterSchema.shape),
    data: v1SwarmSchema,
    async run(ctx, { query }) {
      const { items, total } = await listSwarms(ctx, query);
      return { items: items.map(toV1Swarm), total };
    },
  }),
  v1Route({
    method: "GET",
    path: "/swarms/{id}",
    summary: "A swarm with its people and latest messages.",
    params,
    data: v1SwarmDetailSchema,
    run: async (ctx, { params }) => toV1Whole(await getSwarm(ctx, { swarmId: params.id })),
  }),
  v1Route({
    method: "POST",
    path: "/swarms",
    status: 201,
    summary: "Calls colleagues together over a resolution. One swarm at a time works on it.",
    body: createSwarmSchema,
    data: v1SwarmDetailSchema,
    run: async (ctx, { body }) => toV1Whole(await createSwarm(ctx, body)),
  }),
  v1Route({
    method: "POST",
    path: "/swarms/{id}/message",
    status: 201,
    summary: "Says something in a swarm; whoever does so is in it from then on.",
    params,
    body: swarmTextSchema,
    data: swarmMessageSchema,
    run: (ctx, { params, body }) => sendSwarmMessage(ctx, { swarmId: params.id, ...body }),
  }),
  v1Route({
    method: "POST",
    path: "/swarms/{id}/add-participant",
    summary: "Brings a colleague in, or names who leads.",
    params,
    body: addParticipantSchema,
    data: v1SwarmDetailSchema,
    run: async (ctx, { params, body }) =>
      toV1Whole(await addSwarmParticipant(ctx, { swarmId: params.id, ...body })),
  }),
  v1Route({
    method: "POST",
    path: "/swarms/{id}/close",
    summary: "Ends a swarm; what was said stays to be read.",
    params,
    data: v1SwarmDetailSchema,
    run: async (ctx, { params }) => toV1Whole(await closeSwarm(ctx, { swarmId: params.id })),
  }),
];
