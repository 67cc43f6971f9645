import { z } from "zod";

/** A moment, as JSON writes a date. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.date()], {
    error: "Give a moment such as 2026-03-31T08:00:00Z.",
  })
  .transform((value) => new Date(value));

const name = z.string().trim().min(1).max(100);

const filterFields = z.object({
  /** Stands somewhere in the entry, or is part of the actor's name or e-mail address. */
  search: z.string().trim().min(1).max(200).optional(),
  /** A user's or an API key's id, or the name of a part of the server. */
  actorId: name.optional(),
  action: name.optional(),
  subjectType: name.optional(),
  subjectId: name.optional(),
  /** The first moment, and the first that does not count any more. */
  from: moment.optional(),
  to: moment.optional(),
});
export type AuditFilter = z.infer<typeof filterFields>;

const endsAfterItBegins = [
  ({ from, to }: AuditFilter) => !from || !to || from < to,
  { path: ["to"], error: "`to` must be later than `from`." },
] satisfies [(filter: AuditFilter) => boolean, object];

export const listAuditSchema = filterFields
  .extend({
    cursor: z.string().max(200).optional(),
    limit: z.number().int().min(1).max(100).default(50),
  })
  .refine(...endsAfterItBegins);
export type ListAudit = z.infer<typeof listAuditSchema>;

export const exportFormats = ["csv", "jsonl"] as const;
export const exportAuditSchema = filterFields
  .extend({ format: z.enum(exportFormats) })
  .refine(...endsAfterItBegins);
export type ExportAudit = z.infer<typeof exportAuditSchema>;

/** Some of the fields of a thing, as they were or as they are. */
const fields = z.record(z.string(), z.unknown()).nullable();

export const auditEntrySchema = z.object({
  id: z.uuid(),
  /** Its number in the workspace's log; null for an entry from before the log was numbered. */
  sequence: z.number().nullable(),
  createdAt: z.date(),
  actor: z.object({
    kind: z.enum(["user", "visitor", "apiKey", "system"]),
    id: z.string(),
    /** Null for a visitor, and for who is gone. */
    name: z.string().nullable(),
  }),
  /** As `subject.verb`. */
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: fields,
  after: fields,
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
});
export type AuditEntryShown = z.infer<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  /** For what is older; null at the end. A page may be short, or empty, and have one all the same. */
  nextCursor: z.string().nullable(),
});

export const verificationSchema = z.object({
  intact: z.boolean(),
  /** Numbered entries that were looked at. */
  entries: z.number(),
  /** Entries from before the log was numbered, of which nothing can be said. */
  unnumbered: z.number(),
  /** The first thing that is wrong. */
  fault: z
    .object({
      /** The number of the entry. */
      sequence: z.number(),
      reason: z.enum(["missing", "changed", "added", "cut off", "unsealed"]),
    })
    .nullable(),
});
export type Verification = z.infer<typeof verificationSchema>;
