import { z } from "zod";
import { channels } from "../conversations/index.ts";
import { priorities, resolutionStatuses } from "./resolution-state.ts";
import {
  type CustomerUpdate,
  customerUpdateFields,
  customerUpdateSchema,
  etaSchema,
  hasWords,
  type Resolution,
  type ResolutionDetail,
  updateSchema,
  wordsMissing,
} from "./resolutions.schema.ts";
import { swarmRoles } from "./swarms.tables.ts";

type Channel = (typeof channels)[number];

/** Seed 004 says `web_chat` where we say `widget`. */
const v1Channels = ["web_chat" as const, ...channels.filter((channel) => channel !== "widget")];

const v1Person = z.object({ id: z.uuid(), displayName: z.string() });

/** Seed 004, "GET /resolutions". */
export const v1ResolutionSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  conversation: z.object({
    id: z.uuid(),
    customer: z.object({ profile: z.object({ name: z.string().nullable() }) }).nullable(),
  }),
  issueType: z.string(),
  owningTeam: z.string(),
  owner: v1Person.nullable(),
  status: z.enum(resolutionStatuses),
  priority: z.enum(priorities),
  eta: z
    .object({
      expectedResolutionAt: z.date(),
      windowHours: z.number().nullable(),
      lastUpdatedAt: z.date(),
    })
    .nullable(),
  sla: z.object({ startedAt: z.date(), elapsedHours: z.number(), breached: z.boolean() }),
  rootCause: z.string().nullable(),
  rootCauseCategory: z.string().nullable(),
  fixDescription: z.string().nullable(),
  affectedSystems: z.array(z.string()),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
  resolvedAt: z.date().nullable(),
});

export const v1CustomerUpdateSchema = customerUpdateSchema.extend({ channel: z.string() });

/** Seed 004, "GET /resolutions/:id". */
export const v1ResolutionDetailSchema = v1ResolutionSchema.extend({
  swarm: z
    .object({
      id: z.uuid(),
      name: z.string(),
      status: z.string(),
      slackChannelName: z.string().nullable(),
      participants: z.array(v1Person.extend({ role: z.enum(swarmRoles) })),
    })
    .nullable(),
  updates: z.array(updateSchema),
  etaHistory: z.array(etaSchema),
  customerUpdates: z.array(v1CustomerUpdateSchema),
});

export const v1SendCustomerUpdateSchema = customerUpdateFields
  .extend({
    channel: z
      .enum(v1Channels)
      .transform((channel): Channel => (channel === "web_chat" ? "widget" : channel))
      .optional(),
  })
  .refine(hasWords, wordsMissing);

export function toV1Resolution({
  conversation,
  owner,
  allowed: _allowed,
  ...rest
}: Resolution): z.input<typeof v1ResolutionSchema> {
  return {
    ...rest,
    conversationId: conversation.id,
    conversation: { id: conversation.id, customer: { profile: { name: conversation.customerName } } },
    owner: owner && { id: owner.id, displayName: owner.name },
  };
}

export function toV1Whole({
  swarm,
  updates,
  etas,
  customerUpdates,
  reachableOver: _reachable,
  ...rest
}: ResolutionDetail): z.input<typeof v1ResolutionDetailSchema> {
  return {
    ...toV1Resolution(rest),
    swarm: swarm && {
      ...swarm,
      participants: swarm.participants.map(({ id, name, role }) => ({ id, displayName: name, role })),
    },
    updates,
    etaHistory: etas,
    customerUpdates: customerUpdates.map(toV1CustomerUpdate),
  };
}

export function toV1CustomerUpdate(update: CustomerUpdate): z.input<typeof v1CustomerUpdateSchema> {
  return { ...update, channel: update.channel === "widget" ? "web_chat" : update.channel };
}
