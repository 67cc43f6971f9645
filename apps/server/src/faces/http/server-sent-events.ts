import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

export interface ServerSentEvent {
  /** Makes the event one that a client can resume after. */
  id?: number;
  event: string;
  data: unknown;
}

const heartbeatMs = 30_000;

/** Sends events as they come, with a comment every 30 seconds (or as said) so that nothing between closes the line. */
export function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<ServerSentEvent>,
  signal: AbortSignal,
  options: { heartbeatMs?: number } = {},
): FastifyReply {
  reply.header("content-type", "text/event-stream; charset=utf-8");
  reply.header("cache-control", "no-cache, no-transform");
  reply.header("x-accel-buffering", "no");
  return reply.send(Readable.from(withHeartbeat(events, signal, options.heartbeatMs ?? heartbeatMs)));
}

async function* withHeartbeat(events: AsyncIterable<ServerSentEvent>, signal: AbortSignal, every: number) {
  yield ": connected\n\n";
  const iterator = events[Symbol.asyncIterator]();
  let next = iterator.next();
  while (!signal.aborted) {
    let timer: NodeJS.Timeout | undefined;
    const beat = new Promise<"beat">((resolve) => {
      timer = setTimeout(() => resolve("beat"), every);
    });
    const result = await Promise.race([next, beat]);
    clearTimeout(timer);
    if (result === "beat") {
      yield ": heartbeat\n\n";
      continue;
    }
    if (result.done) return;
    next = iterator.next();
    const { id, event, data } = result.value;
    yield `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}
