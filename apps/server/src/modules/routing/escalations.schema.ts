import { z } from "zod";
import { escalationPriorities, escalationStatuses } from "../conversations/index.ts";
import { reasonText } from "./routing.schema.ts";

const person = z.object({ id: z.uuid(), name: z.string() });

/** A request for a person. */
export const escalationSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  reason: z.string(),
  status: z.enum(escalationStatuses),
  priority: z.enum(escalationPriorities),
  assignee: person.nullable(),
  customerName: z.string().nullable(),
  subject: z.string().nullable(),
  createdAt: z.date(),
  assignedAt: z.date().nullable(),
  resolvedAt: z.date().nullable(),
});
export type Escalation = z.output<typeof escalationSchema>;

export const listEscalationsInput = z
  .object({
    page: z.number().int().min(1).max(100_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
    status: z.enum(escalationStatuses).optional(),
    priority: z.enum(escalationPriorities).optional(),
    assigneeId: z.uuid().optional(),
    conversationId: z.uuid().optional(),
  })
  .prefault({});
export type EscalationFilter = z.output<typeof listEscalationsInput>;

export const createEscalationInput = z.object({
  conversationId: z.uuid(),
  reason: reasonText,
  priority: z.enum(escalationPriorities).default("normal"),
});

export const ofEscalation = z.object({ id: z.uuid() });
