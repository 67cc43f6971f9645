import { createReadStream } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { AppError, notFound } from "../errors/index.ts";
import { assertContentType, assertSafeKey, assertSize, type BlobStore, expiryOf } from "./blob-store.ts";
import { createAtomicWriter, fileOf } from "./disk-files.ts";
import { syncDirectory } from "./durable-file.ts";
import { type BlobClaims, signedUrl, verifySignedQuery } from "./signed-url.ts";

export type DiskBlobStoreOptions = {
  /** Where the files live. It is made if it is absent. */
  directory: string;
  /** The server's own address as browsers see it; links start with it. */
  publicUrl: string;
  /** Signs the links. Whoever knows it can read and write every blob. */
  secret: string | Uint8Array;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
};

/** The blob store on this machine's disk, with what its own HTTP routes need besides. */
export type DiskBlobStore = BlobStore & {
  /** @throws AppError `FORBIDDEN` for an altered, expired or misused link. */
  verifyBlobRequest(request: { method: string; key: string; query: unknown }): BlobClaims;
  /**
   * Writes a stream of exactly `size` bytes. Else nothing is written, and an AppError says why:
   * `PAYLOAD_TOO_LARGE` as soon as more came, `VALIDATION_ERROR` if less came or the sender broke off.
   */
  writeStream(key: string, source: Readable, options: { size: number; contentType: string }): Promise<void>;
  /** Opens a blob for reading. @throws AppError `NOT_FOUND` */
  readStream(key: string): Promise<{ stream: Readable; size: number; contentType: string | null }>;
};

/** Blobs as files under `directory`, with upload and download links served by `registerBlobRoutes`. */
export function createDiskBlobStore(options: DiskBlobStoreOptions): DiskBlobStore {
  const { directory, publicUrl, secret, now = Date.now } = options;
  const writer = createAtomicWriter(directory);
  const pathOf = (key: string, suffix = "") => {
    assertSafeKey(key);
    const { folder, name } = fileOf(key);
    return join(directory, folder, name + suffix);
  };

  const write = async (key: string, source: Readable, contentType: string) => {
    assertSafeKey(key);
    assertContentType(contentType);
    const { folder, name } = fileOf(key);
    const staged = [await writer.stage(source)];
    try {
      staged.push(await writer.stage(Readable.from([contentType])));
      // The type first: a blob that exists always has its type.
      await staged[1]?.commit({ folder, name: name + TYPE_SUFFIX });
      await staged[0]?.commit({ folder, name });
    } finally {
      for (const file of staged) await file.discard();
    }
  };

  const head: BlobStore["head"] = async (key) => {
    const file = await stat(pathOf(key)).catch(absentAs(null));
    if (!file) return null;
    return {
      size: file.size,
      contentType: await readFile(pathOf(key, TYPE_SUFFIX), "utf8").catch(absentAs(null)),
    };
  };

  return {
    head,
    async put(key, bytes, { contentType }) {
      await write(key, Readable.from([bytes], { objectMode: false }), contentType);
    },
    async putStream(key, source, { contentType }) {
      await write(key, Readable.from(source, { objectMode: false }), contentType);
    },
    async *list(folder) {
      assertSafeKey(folder);
      const prefix = `${folder}/`.replaceAll("/", "~");
      for (const hex of await readdir(directory).catch(absentAs<string[]>([]))) {
        if (!/^[0-9a-f]{2}$/.test(hex)) continue;
        for (const name of await readdir(join(directory, hex))) {
          if (!name.startsWith(prefix) || name.endsWith(TYPE_SUFFIX)) continue;
          yield name.replaceAll("~", "/");
        }
      }
    },
    async get(key) {
      const bytes = await readFile(pathOf(key)).catch(absentAs(null));
      if (!bytes) throw notFound("The file");
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
      await rm(pathOf(key, TYPE_SUFFIX), { force: true });
      await syncDirectory(join(directory, fileOf(key).folder)).catch(absentAs(undefined));
    },
    async presignUpload({ key, contentType, size, expiresInSeconds }) {
      assertSafeKey(key);
      assertContentType(contentType);
      assertSize(size);
      const expiresAt = expiryOf(expiresInSeconds, now());
      const url = signedUrl(publicUrl, secret, { method: "PUT", key, expiresAt, contentType, size });
      return { url, method: "PUT", headers: { "content-type": contentType }, expiresAt };
    },
    async presignDownload({ key, fileName, disposition = "attachment", expiresInSeconds }) {
      assertSafeKey(key);
      const expiresAt = expiryOf(expiresInSeconds, now());
      const name = (fileName ?? key.slice(key.lastIndexOf("/") + 1)).toWellFormed();
      const claims = { method: "GET", key, expiresAt, fileName: name, disposition } as const;
      return { url: signedUrl(publicUrl, secret, claims), expiresAt };
    },
    async check() {
      await (await writer.stage(Readable.from(["ready"]))).discard();
    },
    verifyBlobRequest: (request) => verifySignedQuery(request, { secret, now: now() }),
    async writeStream(key, source, { size, contentType }) {
      assertSize(size);
      await write(key, Readable.from(exactly(size, source), { objectMode: false }), contentType);
    },
    async readStream(key) {
      const found = await head(key);
      if (!found) throw notFound("The file");
      return { ...found, stream: createReadStream(pathOf(key)) };
    },
  };
}

/** Beside each blob lies its content type. No segment of a key is empty, so "~~" is in no blob's name. */
const TYPE_SUFFIX = "~~type";

async function* exactly(size: number, source: Readable): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    // The source is left open: an HTTP request must live on to carry the answer.
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError("A blob must be written as bytes.");
      received += chunk.byteLength;
      if (received > size) break;
      yield chunk;
    }
  } catch (cause) {
    throw new AppError("VALIDATION_ERROR", `The upload broke off after ${received} of ${size} bytes.`, {
      cause,
    });
  }
  if (received > size)
    throw new AppError("PAYLOAD_TOO_LARGE", `The upload is larger than the agreed ${size} bytes.`);
  if (received < size) {
    throw new AppError("VALIDATION_ERROR", `The upload ended after ${received} of ${size} bytes.`);
  }
}

function absentAs<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}
