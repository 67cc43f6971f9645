import type { FastifyInstance } from "fastify";
import { AppError } from "../errors/index.ts";
import { contentDisposition, safeDisposition } from "./content-disposition.ts";
import type { DiskBlobStore } from "./disk-store.ts";
import { BLOB_PATH } from "./signed-url.ts";

/**
 * Serves the disk store's links: `PUT` and `GET /api/blobs/<key>?…&signature=…`. The link is the only permission
 * asked for. Failures are AppErrors for the server's error handler: `FORBIDDEN` for the link, `VALIDATION_ERROR` for
 * a type or length other than the signed one, `PAYLOAD_TOO_LARGE` for more, `NOT_FOUND` for an absent blob.
 */
export function registerBlobRoutes(
  app: FastifyInstance,
  store: DiskBlobStore,
  options: { maxBytes: number },
): void {
  const { maxBytes } = options;
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Any type arrives as the raw stream; its length is checked against the link, not by Fastify.
    scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));

    scope.put<{ Params: { "*": string } }>(`${BLOB_PATH}/*`, async (request, reply) => {
      const claims = store.verifyBlobRequest({
        method: "PUT",
        key: request.params["*"],
        query: request.query,
      });
      if (claims.method !== "PUT") throw new AppError("FORBIDDEN", "This link is not for an upload.");
      checkAnnouncement(request.headers, claims, maxBytes);
      try {
        await store.writeStream(claims.key, request.raw, claims);
      } catch (error) {
        request.raw.resume(); // reads the rest away, so that the sender gets to hear the answer
        throw error;
      }
      return reply.code(200).send();
    });

    scope.get<{ Params: { "*": string } }>(
      `${BLOB_PATH}/*`,
      { exposeHeadRoute: false },
      async (request, reply) => {
        const claims = store.verifyBlobRequest({
          method: "GET",
          key: request.params["*"],
          query: request.query,
        });
        if (claims.method !== "GET") throw new AppError("FORBIDDEN", "This link is not for a download.");
        const blob = await store.readStream(claims.key);
        const disposition = safeDisposition(claims.disposition, blob.contentType);
        return reply
          .headers(HARMLESS)
          .header("content-disposition", contentDisposition(disposition, claims.fileName))
          .header("content-length", blob.size)
          .type(blob.contentType ?? "application/octet-stream")
          .send(blob.stream);
      },
    );
  });
}

function checkAnnouncement(
  headers: { "content-type"?: string; "content-length"?: string },
  signed: { contentType: string; size: number },
  maxBytes: number,
): void {
  if (signed.size > maxBytes)
    throw new AppError("PAYLOAD_TOO_LARGE", `A file may have at most ${maxBytes} bytes.`);
  if (headers["content-type"] !== signed.contentType) {
    throw new AppError("VALIDATION_ERROR", `This link takes the content type ${signed.contentType} only.`);
  }
  const announced = headers["content-length"];
  if (announced === undefined || Number(announced) === signed.size) return;
  const text = `This link takes exactly ${signed.size} bytes; ${announced} were announced.`;
  throw new AppError(Number(announced) > signed.size ? "PAYLOAD_TOO_LARGE" : "VALIDATION_ERROR", text);
}

/**
 * Headers that keep an uploaded file from acting as a page of our own origin, and out of caches. Chromium opens its
 * PDF viewer in spite of the sandbox.
 */
const HARMLESS = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'",
  "cache-control": "private, no-store",
  "referrer-policy": "no-referrer",
};
