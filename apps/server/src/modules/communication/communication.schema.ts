import { z } from "zod";
import { connectionKinds, connectionStatuses, messageStatuses } from "./communication.types.ts";

export const ofKind = z.strictObject({ kind: z.enum(connectionKinds) });

/** A connection as people see it: what it was connected with in secret is never among it. */
export const connectionSchema = z.object({
  kind: z.enum(connectionKinds),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** `unreadable`: sealed under a secret that the server no longer has. */
  status: z.enum([...connectionStatuses, "unreadable"]),
  lastError: z.string().nullable(),
  lastErrorAt: z.date().nullable(),
  connectedBy: z.uuid().nullable(),
  connectedAt: z.date(),
});
export type ConnectionOutput = z.output<typeof connectionSchema>;

export const channelSchema = z.object({ id: z.string(), name: z.string() });

export const newTextSchema = z.strictObject({
  kind: z.enum(connectionKinds),
  /** A number with its country's code, or a channel. */
  to: z.string().trim().min(1).max(100),
  text: z
    .string()
    .overwrite((text) => text.toWellFormed().replaceAll("\0", "")) // what no database keeps
    .trim()
    .min(1)
    .max(8_000),
  /** The same with every repetition of one call: it is sent once. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "A key has 1 to 200 letters, digits and signs, without spaces.")
    .optional(),
});
export type NewText = z.output<typeof newTextSchema>;

export const pageOfTexts = z
  .strictObject({
    kind: z.enum(connectionKinds).optional(),
    status: z
      .union([
        z.enum(messageStatuses).transform((status) => [status]),
        z.array(z.enum(messageStatuses)).min(1).max(messageStatuses.length),
      ])
      .optional(),
    page: z.number().int().min(1).max(1_000_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
  })
  .prefault({});

export type PageOfTexts = z.output<typeof pageOfTexts>;

export const textSchema = z.object({
  id: z.uuid(),
  kind: z.enum(connectionKinds),
  to: z.string(),
  /** Null for a secret, such as a code. */
  text: z.string().nullable(),
  status: z.enum(messageStatuses),
  attempts: z.number().int(),
  providerId: z.string().nullable(),
  /** Why it was given up, or why the last attempt failed. */
  failure: z.string().nullable(),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
});
export type Text = z.output<typeof textSchema>;
