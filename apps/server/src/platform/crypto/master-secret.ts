import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory, writeNewFile } from "../blobs/durable-file.ts";
import { randomToken } from "./hash.ts";

const FILE_NAME = "master-secret";

/**
 * The installation's 32-byte secret, kept as hex in `<directory>/master-secret` (mode 0600) and made on the first start.
 * Processes that start at the same time all get the same secret, and a crash never leaves half a file.
 * @throws Error if the file is there but does not hold 32 bytes of hex: it is never overwritten, since
 * everything sealed under it would be lost.
 */
export async function loadOrCreateMasterSecret(directory: string): Promise<Uint8Array> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, FILE_NAME);
  return (await load(path)) ?? (await create(directory, path));
}

async function load(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new Error(
      `${path} must hold 64 hex digits. Restore it from a backup; secrets sealed under it need it.`,
    );
  }
  await chmod(path, 0o600); // a restored backup may have come back readable by others
  return new Uint8Array(Buffer.from(text.trim(), "hex"));
}

async function create(directory: string, path: string): Promise<Uint8Array> {
  const temporary = join(directory, `.${FILE_NAME}-${randomToken(9)}`);
  await writeNewFile(temporary, `${randomBytes(32).toString("hex")}\n`);
  try {
    // Unlike a rename, a link never replaces the file of a process that was faster.
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await unlink(temporary);
  }
  await syncDirectory(directory);
  const secret = await load(path);
  if (!secret) throw new Error(`${path} vanished while it was being made.`);
  return secret;
}
