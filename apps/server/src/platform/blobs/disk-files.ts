import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomToken, sha256Hex } from "../crypto/index.ts";
import { AppError } from "../errors/index.ts";
import { syncDirectory } from "./durable-file.ts";

const ABANDONED_AFTER_MS = 24 * 3600 * 1000;

/** Where a key's file lives: `<2 hex>/<name>`, the key's segments joined by "~", which no key contains. */
export function fileOf(key: string): { folder: string; name: string } {
  // One file name, not nested folders: else "a" and "a/b" could not both exist.
  return { folder: sha256Hex(key).slice(0, 2), name: key.replaceAll("/", "~") };
}

/** Bytes on the disk that have no name yet. */
export type StagedFile = {
  commit(target: { folder: string; name: string }): Promise<void>;
  discard(): Promise<void>;
};

/**
 * Moves files into place whole: written under `temporary/`, synced, renamed, and the folder synced. A crash at any
 * moment leaves the old file or the new one, and at most a temporary file, which a later start removes.
 */
export function createAtomicWriter(directory: string) {
  const temporary = join(directory, "temporary");

  const prepared = once(async () => {
    await mkdir(temporary, { recursive: true });
    for (const name of await readdir(temporary)) {
      const path = join(temporary, name);
      const file = await stat(path).catch(() => null); // another process may be faster
      if (file && Date.now() - file.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
    }
  });

  return {
    /**
     * Writes the source to the disk, under no name yet. `commit` puts it in place; `discard` removes it.
     * If the source fails, nothing is left of it.
     */
    async stage(source: Readable): Promise<StagedFile> {
      await prepared();
      const path = join(temporary, randomToken(16));
      const discard = () => rm(path, { force: true });
      try {
        await pipeline(source, createWriteStream(path, { flags: "wx", mode: 0o600 }));
        await syncFile(path);
      } catch (error) {
        await discard();
        throw isFull(error)
          ? new AppError("UNAVAILABLE", "The file store is full.", { cause: error })
          : error;
      }
      const commit: StagedFile["commit"] = async ({ folder, name }) => {
        await rename(path, join(await ensureFolder(directory, folder), name));
        await syncDirectory(join(directory, folder));
      };
      return { commit, discard };
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

async function ensureFolder(directory: string, folder: string): Promise<string> {
  const path = join(directory, folder);
  const created = await mkdir(path, { recursive: true });
  if (created !== undefined) await syncDirectory(directory);
  return path;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Runs the work at the first call and gives its result to all; after a failure the next call tries again. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined;
      throw error;
    });
    return running;
  };
}
