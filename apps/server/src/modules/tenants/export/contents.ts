import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Ctx } from "../../../ports/index.ts";
import { type TenantTable, tenantTables } from "../catalogue.ts";
import { readRows, readTenant } from "./read-rows.ts";
import { schemaVersion } from "./schema-version.ts";
import { secretColumns } from "./secret-columns.ts";
import type { ZipEntry } from "./zip-parts.ts";

/** What the manifest says of a file. */
interface ManifestFile {
  path: string;
  /** The archive that it is in, from 1. */
  part: number;
  bytes: number;
  sha256: string;
  /** Of a table's file. */
  table?: string;
  rows?: number;
}

export interface Progress {
  /** Tables and files. */
  total: number;
  done: number;
  rows: number;
  files: number;
}

/** Bytes after which a table goes on in another file. */
const mostOfAFile = 256 * 1024 * 1024;
/** Bytes that are compressed before others get their turn. */
const pieceSize = 256 * 1024;

/** The folder of the blob store where exports lie; they are in no export. */
export const exportsFolder = (tenantId: string) => `${tenantId}/exports`;

/**
 * Everything of a tenant as the files of an archive: a JSON Lines file for each table that the database itself names,
 * the uploaded files, and at the end `manifest.json` with what is in it. `tell` hears of each step.
 */
export async function* exportContents(
  ctx: Ctx,
  { exportId, tell }: { exportId: string; tell: (progress: Progress) => Promise<void> },
): AsyncGenerator<ZipEntry> {
  const { db, blobs, tenantId } = ctx;
  const tables = await tenantTables(db);
  const keys: string[] = [];
  for await (const key of blobs.list(tenantId)) {
    if (!key.startsWith(`${exportsFolder(tenantId)}/`)) keys.push(key);
  }
  keys.sort();
  const files: ManifestFile[] = [];
  const progress = { total: tables.length + keys.length, done: 0, rows: 0, files: 0 };

  const { workspace, people } = await readTenant(db, tenantId);
  yield entryOf("workspace.jsonl", once(workspace), files, { rows: workspace.length });
  yield entryOf("people.jsonl", once(people), files, { rows: people.length });

  for (const table of tables) {
    yield* tableFiles(ctx, table, files, (rows) => {
      progress.rows += rows;
    });
    progress.done++;
    await tell(progress);
  }
  for (const key of keys) {
    const bytes = await blobs.get(key);
    yield entryOf(`files/${key.slice(tenantId.length + 1)}`, pieces(bytes), files);
    progress.done++;
    progress.files++;
    await tell(progress);
  }
  const manifest = {
    format: "parlance-export",
    version: 1,
    exportId,
    exportedAt: ctx.now().toISOString(),
    workspaceId: tenantId,
    installation: ctx.publicUrl,
    schema: await schemaVersion(db),
    leftOut: secretColumns,
    files,
  };
  yield { path: "manifest.json", chunks: once([JSON.stringify(manifest, null, 2)]) };
}

/** The table's rows, in a second file and further ones where one would be too long to open. */
async function* tableFiles(
  { db, tenantId }: Ctx,
  table: TenantTable,
  files: ManifestFile[],
  count: (rows: number) => void,
): AsyncGenerator<ZipEntry> {
  const batches = readRows(db, table, tenantId);
  let next = await batches.next();
  let number = 0;
  do {
    number++;
    const about = { table: table.name, rows: 0 };
    async function* chunks() {
      let bytes = 0;
      while (!next.done && bytes < mostOfAFile) {
        const text = Buffer.from(`${next.value.join("\n")}\n`);
        about.rows += next.value.length;
        count(next.value.length);
        bytes += text.byteLength;
        yield* pieces(text);
        next = await batches.next();
      }
    }
    const suffix = number === 1 ? "" : `.${number}`;
    yield entryOf(`rows/${table.name}${suffix}.jsonl`, chunks(), files, about);
  } while (!next.done);
}

/** An entry that notes itself for the manifest when it was read to its end. */
function entryOf(
  path: string,
  source: AsyncIterable<Uint8Array>,
  files: ManifestFile[],
  about: { table?: string; rows?: number } = {},
): ZipEntry {
  const measured = async function* () {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      yield chunk;
    }
    files.push({ path, part: entry.part ?? 1, bytes, sha256: hash.digest("hex"), ...about });
  };
  const entry: ZipEntry = { path, chunks: { [Symbol.asyncIterator]: measured } };
  return entry;
}

async function* once(lines: string[]): AsyncGenerator<Uint8Array> {
  if (lines.length > 0) yield Buffer.from(`${lines.join("\n")}\n`);
}

/** Compressing is quick and keeps the thread to itself: others get a turn between pieces. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += pieceSize) {
    yield bytes.subarray(at, at + pieceSize);
    await setImmediate();
  }
}
