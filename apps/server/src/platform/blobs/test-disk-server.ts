import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { isAppError } from "../errors/index.ts";
import { createDiskBlobStore, registerBlobRoutes } from "./index.ts";

const statusOf: Record<string, number> = {
  VALIDATION_ERROR: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
};

/** A disk store in a new directory, with its routes on a real server. `clock.now` can be moved. */
export async function startDiskServer(options: { maxBytes: number }) {
  const directory = await mkdtemp(join(tmpdir(), "blobs-"));
  const clock = { now: Date.now() };
  const app = Fastify({ forceCloseConnections: true });
  app.setErrorHandler((error, _request, reply) => {
    if (!isAppError(error)) return reply.code(500).send(String(error));
    return reply.code(statusOf[error.code] ?? 500).send({ code: error.code, message: error.message });
  });
  // The port is known only once the server listens, so links name a stand-in that `reach` replaces.
  const publicUrl = "http://blobs.test";
  const store = createDiskBlobStore({ directory, publicUrl, secret: "test secret", now: () => clock.now });
  registerBlobRoutes(app, store, options);
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    store,
    clock,
    directory,
    reach: (link: string) => link.replace(publicUrl, url),
    /** All files of the store, temporary ones included. */
    files: async () =>
      (await readdir(directory, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    close: async () => {
      await app.close();
      await rm(directory, { recursive: true });
    },
  };
}
