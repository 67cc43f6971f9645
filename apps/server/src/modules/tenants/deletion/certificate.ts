import { sha256Hex } from "../../../platform/crypto/index.ts";
import type { Certificate, RowCounts } from "../tenants.types.ts";

interface Facts {
  id: string;
  installation: string;
  tenantId: string;
  requestedBy: { role: string; userId: string | null };
  requestedAt: Date;
  dueAt: Date;
  deletedAt: Date;
  before: RowCounts;
  after: RowCounts;
}

/** What was deleted, without a name or an id that could be looked up: those stand in it as their SHA-256. */
export function makeCertificate(facts: Facts): Certificate {
  const { before, after, requestedBy } = facts;
  const document = {
    version: 1 as const,
    id: facts.id,
    installation: facts.installation,
    workspaceSha256: sha256Hex(facts.tenantId),
    requestedBy: {
      role: requestedBy.role,
      personSha256: requestedBy.userId === null ? null : sha256Hex(requestedBy.userId),
    },
    requestedAt: facts.requestedAt.toISOString(),
    dueAt: facts.dueAt.toISOString(),
    deletedAt: facts.deletedAt.toISOString(),
    tables: Object.fromEntries(
      Object.entries(before.tables).map(([name, rows]) => [
        name,
        { before: rows, after: after.tables[name] ?? 0 },
      ]),
    ),
    files: { before: before.files, after: after.files, bytes: before.fileBytes },
  };
  return { ...document, sha256: sha256Hex(canonicalJson(document)) };
}

/** JSON with the names of each object in order and no spaces: the same bytes for the same document (RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(",")}}`;
}
