import { z } from "zod";
import { channels } from "../conversations/index.ts";
import { customerTemplates } from "./customer-templates.ts";
import { priorities, resolutionStatuses } from "./resolution-state.ts";
import { updateTypes, visibilities } from "./resolutions.tables.ts";
import { swarmRoles } from "./swarms.tables.ts";

/** A text as a database keeps it. */
export const plainText = (max: number) =>
  z
    .string()
    .overwrite((text) => text.toWellFormed().replaceAll("\0", ""))
    .trim()
    .min(1)
    .max(max);

/** A word of the workspace's own: a team, a kind of trouble. */
const word = plainText(60);
const systems = z
  .array(plainText(80))
  .max(50)
  .transform((names) => [...new Set(names)]);
/** Not before computers, and not for our grandchildren: a mistyped year is found. */
const moment = z.coerce.date().min(new Date("2000-01-01")).max(new Date("2100-01-01"));
const windowHours = z.number().int().min(0).max(720);
/** The one that was read: whoever saves over a newer one is told. */
const version = z.number().int().min(1).max(2_147_483_647);

export const createResolutionSchema = z.object({
  conversationId: z.uuid(),
  issueType: word,
  owningTeam: word,
  /** As the conversation's severity where it is left out; P2 where nobody judged that. */
  priority: z.enum(priorities).optional(),
  ownerId: z.uuid().nullish(),
  affectedSystems: systems.optional(),
  initialNotes: plainText(8_000).optional(),
  createSwarm: z.boolean().optional(),
});
export type CreateResolution = z.output<typeof createResolutionSchema>;

export const updateResolutionSchema = z.object({
  version: version.optional(),
  status: z.enum(resolutionStatuses).optional(),
  priority: z.enum(priorities).optional(),
  issueType: word.optional(),
  owningTeam: word.optional(),
  ownerId: z.uuid().nullable().optional(),
  rootCause: plainText(4_000).nullable().optional(),
  rootCauseCategory: word.nullable().optional(),
  fixDescription: plainText(4_000).nullable().optional(),
  affectedSystems: systems.optional(),
});
export type UpdateResolution = z.output<typeof updateResolutionSchema>;

export const updateEtaSchema = z.object({
  version: version.optional(),
  /** Null withdraws what was expected. */
  expectedResolutionAt: moment.nullable(),
  windowHours: windowHours.nullable().optional(),
  reason: plainText(500).optional(),
});

const clientId = z.string().min(1).max(100);

export const addUpdateSchema = z.object({
  content: plainText(8_000),
  /** `customer`: it goes to the customer as well. */
  visibility: z.enum(visibilities).default("internal"),
  updateType: z.literal("note").default("note"),
  /** Sent twice with the same one, it is added once. */
  clientId: clientId.optional(),
});

export const customerUpdateFields = z.object({
  templateId: z.enum(customerTemplates).optional(),
  /** Goes out in the template's place. */
  customContent: plainText(8_000).optional(),
  /** One over which the conversation goes; its own where it is left out. */
  channel: z.enum(channels).optional(),
  clientId: clientId.optional(),
});
export const hasWords = (input: { templateId?: unknown; customContent?: unknown }) =>
  input.templateId !== undefined || input.customContent !== undefined;
export const wordsMissing = {
  message: "Give a templateId, or the words in customContent.",
  path: ["templateId"],
};
export const sendCustomerUpdateSchema = customerUpdateFields.refine(hasWords, wordsMissing);
export type SendCustomerUpdate = z.output<typeof sendCustomerUpdateSchema>;

export const resolveSchema = z.object({
  version: version.optional(),
  fixDescription: plainText(4_000).optional(),
  rootCause: plainText(4_000).optional(),
  rootCauseCategory: word.optional(),
  sendCustomerNotification: z.boolean().default(false),
});

export const resolutionFilterSchema = z.object({
  status: z.array(z.enum(resolutionStatuses)).max(20).optional(),
  owningTeam: z.array(word).max(20).optional(),
  priority: z.array(z.enum(priorities)).max(20).optional(),
  issueType: z.array(word).max(20).optional(),
  conversationId: z.uuid().optional(),
  slaBreached: z.boolean().optional(),
  ownerId: z.uuid().optional(),
  search: z.string().trim().max(100).optional(),
});

const personSchema = z.object({ id: z.uuid(), name: z.string() });

export const resolutionSchema = z.object({
  id: z.uuid(),
  conversation: z.object({
    id: z.uuid(),
    subject: z.string().nullable(),
    status: z.string(),
    channel: z.enum(channels),
    customerName: z.string().nullable(),
  }),
  issueType: z.string(),
  owningTeam: z.string(),
  owner: personSchema.nullable(),
  status: z.enum(resolutionStatuses),
  /** What it may become now. */
  allowed: z.array(z.enum(resolutionStatuses)),
  priority: z.enum(priorities),
  eta: z
    .object({ expectedResolutionAt: z.date(), windowHours: z.number().nullable(), lastUpdatedAt: z.date() })
    .nullable(),
  sla: z.object({ startedAt: z.date(), elapsedHours: z.number(), breached: z.boolean() }),
  rootCause: z.string().nullable(),
  rootCauseCategory: z.string().nullable(),
  fixDescription: z.string().nullable(),
  affectedSystems: z.array(z.string()),
  version: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
  resolvedAt: z.date().nullable(),
});
export type Resolution = z.output<typeof resolutionSchema>;

export const updateSchema = z.object({
  id: z.uuid(),
  updateType: z.enum(updateTypes),
  visibility: z.enum(visibilities),
  content: z.string(),
  authorName: z.string(),
  createdAt: z.date(),
});
export type ResolutionUpdate = z.output<typeof updateSchema>;

export const customerUpdateSchema = z.object({
  id: z.uuid(),
  /** By which template it was written, or `custom`. */
  updateType: z.string(),
  content: z.string(),
  channel: z.enum(channels),
  messageId: z.uuid(),
  /** How far the message got. */
  status: z.string(),
  authorName: z.string(),
  sentAt: z.date(),
});
export type CustomerUpdate = z.output<typeof customerUpdateSchema>;

export const etaSchema = z.object({
  id: z.uuid(),
  expectedResolutionAt: z.date().nullable(),
  windowHours: z.number().nullable(),
  reason: z.string().nullable(),
  authorName: z.string(),
  createdAt: z.date(),
});

export const resolutionDetailSchema = resolutionSchema.extend({
  /** The one at work; where none is, the last. */
  swarm: z
    .object({
      id: z.uuid(),
      name: z.string(),
      status: z.string(),
      slackChannelName: z.string().nullable(),
      participants: z.array(personSchema.extend({ role: z.enum(swarmRoles) })),
    })
    .nullable(),
  /** Of each the latest 200, the oldest of them first. */
  updates: z.array(updateSchema),
  etas: z.array(etaSchema),
  customerUpdates: z.array(customerUpdateSchema),
  /** The channels over which the customer can be told. */
  reachableOver: z.array(z.enum(channels)),
});
export type ResolutionDetail = z.output<typeof resolutionDetailSchema>;
