import { fdatasyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The part of Emscripten's module that PGlite's types leave out: the operations of NODEFS. */
interface NodeFileSystemModule {
  FS: { filesystems: { NODEFS: { stream_ops: Record<string, unknown> } } };
}

function hasNodeFileSystem(module: unknown): module is NodeFileSystemModule {
  let at: unknown = module;
  for (const key of ["FS", "filesystems", "NODEFS", "stream_ops"]) {
    if (typeof at !== "object" || at === null) return false;
    at = Reflect.get(at, key);
  }
  return typeof at === "object" && at !== null;
}

/**
 * PGlite's own file system has no fsync, and PGlite starts Postgres with fsync off, so that a power
 * cut could lose acknowledged commits. This one, with `durableStartParams`, makes a commit wait for
 * the disk.
 */
export class DurableFileSystem extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const result = await super.init(...args);
    result.emscriptenOpts.preRun ??= [];
    result.emscriptenOpts.preRun.push((module: unknown) => {
      if (!hasNodeFileSystem(module)) throw new Error("PGlite changed: its file system was not found.");
      module.FS.filesystems.NODEFS.stream_ops.fsync = (stream: { nfd: number }) => {
        fdatasyncSync(stream.nfd);
        return 0;
      };
    });
    return result;
  }
}

/** Emscripten's fdatasync() does nothing and its fsync() is the function above, hence the sync method. */
export const durableStartParams: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  "-c",
  "wal_sync_method=fsync",
];
