import { z } from "zod";
import { channels, conversationStatuses, severities } from "../conversations/index.ts";
import { agentStatuses, capacity, presenceSchema } from "../presence/index.ts";

/** Why something was given to somebody; it stands in the audit log and on the conversation. */
export const reasonText = z.string().trim().min(1).max(500);

export const slaStatusSchema = z.object({
  dueAt: z.date(),
  minutesRemaining: z.number().int(),
  status: z.enum(["ok", "warning", "breached", "paused", "met"]),
});

export const queueItemSchema = z.object({
  id: z.uuid(),
  customerId: z.uuid().nullable(),
  customerName: z.string().nullable(),
  state: z.enum(conversationStatuses),
  severity: z.enum(severities).nullable(),
  currentChannel: z.enum(channels),
  lastMessageAt: z.date().nullable(),
  slaStatus: slaStatusSchema.nullable(),
  /** Messages of the customer that nobody has read. */
  unreadCount: z.number().int(),
});
export type QueueItem = z.output<typeof queueItemSchema>;

export const queueSchema = z.object({
  agentId: z.uuid(),
  status: z.enum(agentStatuses),
  currentCount: z.number().int(),
  maxConcurrent: z.number().int(),
  /** What nobody has yet and they may take. */
  waitingCount: z.number().int(),
  conversations: z.array(queueItemSchema),
});
export type Queue = z.output<typeof queueSchema>;

export const assignNextInput = z.object({
  /** The caller, unless said. */
  agentId: z.uuid().optional(),
  /** Only from this team's queue. */
  teamId: z.uuid().optional(),
  /** Only what takes none but these of the agent's skills. */
  skills: z.array(z.string().trim().toLowerCase().min(1).max(40)).max(30).optional(),
});

export const assignedNextSchema = z.object({
  agentId: z.uuid(),
  outcome: z.enum(["assigned", "none_waiting", "at_capacity"]),
  currentCount: z.number().int(),
  maxConcurrent: z.number().int(),
  conversation: queueItemSchema.nullable(),
});

export const setStatusInput = z
  .object({
    /** The caller, unless said. */
    agentId: z.uuid().optional(),
    status: z.enum(agentStatuses).optional(),
    /** Null: as many as the workspace's settings say. */
    maxConcurrent: capacity.nullable().optional(),
  })
  .refine(({ status, maxConcurrent }) => status !== undefined || maxConcurrent !== undefined, {
    message: "Say the status, how many conversations at once, or both.",
  });

export const agentSchema = presenceSchema.extend({
  agentId: z.uuid(),
  name: z.string(),
  teams: z.array(z.object({ id: z.uuid(), name: z.string() })),
  skills: z.array(z.string()),
  currentCount: z.number().int(),
  /** That holds for them: their own, or the workspace's. */
  capacity: z.number().int(),
});
export type Agent = z.output<typeof agentSchema>;

export const assignInput = z
  .object({
    conversationId: z.uuid(),
    agentId: z.uuid().optional(),
    teamId: z.uuid().optional(),
    reason: reasonText.default("manual_assignment"),
  })
  .refine(({ agentId, teamId }) => agentId !== undefined || teamId !== undefined, {
    message: "Say to which agent, to which team, or both.",
  });

export const ownershipSchema = z.object({
  conversationId: z.uuid(),
  status: z.enum(conversationStatuses),
  agentId: z.uuid().nullable(),
  teamId: z.uuid().nullable(),
});
export type Ownership = z.output<typeof ownershipSchema>;
