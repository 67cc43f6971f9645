import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Keeps a second process out of a data directory, which PGlite itself does not. The lock is a
 * listening socket beside the directory: the kernel frees it when the process dies in whatever way,
 * so that a stale lock never has to be removed by hand.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  mkdirSync(directory, { recursive: true });
  const path = lockPath(realpathSync(directory)); // the same by whichever name it is reached
  for (let attempt = 0; attempt < 2; attempt++) {
    const unlock = await tryToListen(path);
    if (unlock) return unlock;
    const owner = await ownerOf(path);
    if (owner !== null) {
      throw new Error(`The data directory is in use by process ${owner}. Stop it, or set DATA_DIR.`);
    }
    rmSync(path, { force: true });
  }
  throw new Error("The data directory could not be locked.");
}

/** Beside the directory where a socket's path may be that long (about 100 bytes), else in the temporary folder. */
function lockPath(directory: string): string {
  const digest = createHash("sha256").update(directory).digest("hex").slice(0, 24);
  if (process.platform === "win32") return `\\\\.\\pipe\\parlance-${digest}`;
  const beside = `${directory}.lock`;
  return Buffer.byteLength(beside) < 100 ? beside : join(tmpdir(), `parlance-${digest}.lock`);
}

function tryToListen(path: string): Promise<(() => Promise<void>) | null> {
  const server = createServer((socket) => socket.end(String(process.pid)));
  return new Promise((resolvePromise, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolvePromise(null) : reject(error),
    );
    server.listen(path, () => {
      server.unref();
      resolvePromise(() => new Promise<void>((done) => server.close(() => done())));
    });
  });
}

/** The process behind the lock, or null when nobody answers: the file outlived its owner. */
function ownerOf(path: string): Promise<string | null> {
  return new Promise((resolvePromise) => {
    let answer = "";
    connect(path)
      .on("data", (data) => {
        answer += data.toString();
      })
      .on("end", () => resolvePromise(answer))
      .on("error", () => resolvePromise(null));
  });
}
