import { z } from "zod";
import { mirrorReasons, mirrorStates } from "./mirror/mirror.tables.ts";
import { resolutionStatuses } from "./resolution-state.ts";
import { plainText } from "./resolutions.schema.ts";
import { swarmRoles, swarmStatuses } from "./swarms.tables.ts";

/** With the day and the kind of trouble it makes the name. */
const channelPrefix = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]{0,20}$/, "Use up to 21 letters, digits and hyphens.");

export const createSwarmSchema = z.object({
  resolutionId: z.uuid(),
  channelPrefix: channelPrefix.default("incident"),
  initialParticipants: z.array(z.uuid()).max(50).default([]),
  /** Whoever makes it, unless somebody is named. */
  leadId: z.uuid().optional(),
});
export type CreateSwarm = z.input<typeof createSwarmSchema>;

export const swarmTextSchema = z.object({
  content: plainText(8_000),
  /** Sent twice with the same one, it is added once. */
  clientId: z.string().min(1).max(100).optional(),
});

export const addParticipantSchema = z.object({
  userId: z.uuid(),
  role: z.enum(swarmRoles).default("member"),
});

export const participantSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(swarmRoles),
});
export type Participant = z.output<typeof participantSchema>;

export const swarmMessageSchema = z.object({
  id: z.uuid(),
  authorId: z.uuid().nullable(),
  authorName: z.string(),
  text: z.string(),
  /** Where it was said. */
  source: z.enum(["parlance", "slack"]),
  /** When it was last changed in Slack. */
  editedAt: z.date().nullable(),
  /** When it was deleted in Slack; its text is empty then. */
  deletedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type SwarmMessage = z.output<typeof swarmMessageSchema>;

export const swarmSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(swarmStatuses),
  /** With its #; null while no channel of Slack mirrors it. */
  slackChannelName: z.string().nullable(),
  mirror: z.object({
    /** `none`: nobody asked for one. `pending`: it is being made. `failed`: it stands still, for `reason`. */
    state: z.enum(["none", ...mirrorStates]),
    reason: z.enum(mirrorReasons).nullable(),
    /** What Slack said, in words. */
    failure: z.string().nullable(),
  }),
  resolution: z.object({ id: z.uuid(), issueType: z.string(), status: z.enum(resolutionStatuses) }),
  lead: z.object({ id: z.uuid(), name: z.string() }),
  participants: z.array(participantSchema),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
});
export type Swarm = z.output<typeof swarmSchema>;

export const swarmDetailSchema = swarmSchema.extend({
  /** Whether it makes sense to ask for a mirror, or to try again. */
  canMirror: z.boolean(),
  /** The latest 100, the oldest of them first; earlier ones by `swarms.messages`. */
  messages: z.array(swarmMessageSchema),
  hasOlder: z.boolean(),
});
export type SwarmDetail = z.output<typeof swarmDetailSchema>;

export const swarmFilterSchema = z.object({
  status: z.enum(swarmStatuses).default("active"),
  resolutionId: z.uuid().optional(),
});
