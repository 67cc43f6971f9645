import type { FastifyRequest, preParsingHookHandler } from "fastify";

const parts = new WeakMap<FastifyRequest, Buffer[]>();

/** Keeps a body as it came, beside its parsing: a signature is over its bytes. The limit of bodies holds as for all. */
export const keepRawBody: preParsingHookHandler = (request, _reply, payload, done) => {
  const kept: Buffer[] = [];
  parts.set(request, kept);
  payload.on("data", (part: Buffer | string) => kept.push(Buffer.from(part)));
  done(null, payload); // at once: the parser listens before the first bytes come
};

/** The body of a request for which it was kept; null for others. */
export function rawBodyOf(request: FastifyRequest): string | null {
  const kept = parts.get(request);
  return kept ? Buffer.concat(kept).toString("utf8") : null;
}
