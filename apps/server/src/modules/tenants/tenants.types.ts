import { z } from "zod";

/** One archive of an export. */
export interface ExportPart {
  blobKey: string;
  fileName: string;
  bytes: number;
  sha256: string;
}

/** What a tenant had when its deletion began. */
export interface RowCounts {
  /** Rows by table. */
  tables: Record<string, number>;
  files: number;
  fileBytes: number;
}

const counts = z.object({ before: z.number(), after: z.number() });

/** What went when a tenant was deleted. Ids stand in it as their SHA-256: whoever knew one can find it, nobody else. */
export const certificateSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  /** The installation's address. */
  installation: z.string(),
  workspaceSha256: z.string(),
  requestedBy: z.object({ role: z.string(), personSha256: z.string().nullable() }),
  requestedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  deletedAt: z.iso.datetime(),
  tables: z.record(z.string(), counts),
  files: counts.extend({ bytes: z.number() }),
  /** Of this document's canonical JSON without this field. */
  sha256: z.string(),
});
export type Certificate = z.infer<typeof certificateSchema>;
