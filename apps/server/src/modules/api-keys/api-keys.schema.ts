import { z } from "zod";
import { apiPermissions } from "../../platform/ctx/index.ts";

/** Years that a key may live at most, where it is to end at all. */
export const longestLife = 10;
/** Hours that the old secret goes on working after a rotation, at most. */
export const longestGrace = 168;

export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The beginning of the key, to know it again. */
  prefix: z.string(),
  permissions: z.array(z.enum(apiPermissions)),
  /** The one bot that it may ask; null: every bot of the workspace. */
  bot: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** `stopped`: its maker may not work here any more. Whoever rotates it takes it over. */
  status: z.enum(["active", "stopped", "expired", "revoked"]),
  createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  /** To the minute. */
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  /** Until when the secret before the last rotation works too. */
  previousUntil: z.date().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** With the key itself, which is answered once and kept nowhere. */
export const newApiKeySchema = apiKeySchema.extend({ secret: z.string() });
export type NewApiKey = z.infer<typeof newApiKeySchema>;

export const createApiKeySchema = z.object({
  name: z.string().trim().min(1).max(100),
  permissions: z
    .array(z.enum(apiPermissions))
    .min(1)
    .max(apiPermissions.length)
    .default(["chat"])
    .transform((names) => [...new Set(names)]),
  botId: z.uuid().optional(),
  /** A moment to come; without one the key works until it is revoked. */
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
});
