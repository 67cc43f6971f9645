import { z } from "zod";
import { securityEventKinds, securitySeverities } from "./logs/security-event-kinds.ts";

const paging = z.object({
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
});

export const listSecurityEventsSchema = paging.extend({
  kind: z.enum(securityEventKinds).optional(),
  userId: z.uuid().optional(),
  severity: z.enum(securitySeverities).optional(),
});
export type ListSecurityEvents = z.infer<typeof listSecurityEventsSchema>;

export const listOwnSecurityEventsSchema = paging;

export const securityEventSchema = z.object({
  id: z.uuid(),
  kind: z.enum(securityEventKinds),
  severity: z.enum(securitySeverities),
  /** Whom it is about; null where nobody is known. The name is null for who is gone. */
  user: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.date(),
});
export type SecurityEventShown = z.infer<typeof securityEventSchema>;
