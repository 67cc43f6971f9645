import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { Ticker } from "../../platform/clock/index.ts";

export interface ServerSentEvent {
  /** Makes the event one that a client can resume after. */
  id?: number | string;
  event: string;
  data: unknown;
}

/** Milliseconds between comments, so that nothing on the way takes the line for dead. */
const heartbeat = 30_000;
/** Bytes that wait for a reader; the source is asked for no more meanwhile. */
const bufferSize = 64 * 1024;

/**
 * Milliseconds after which a reader that lost the line should try again: from 1 to 3 seconds, so that the readers of
 * a server that was restarted do not come back all at once. One that fails again should wait twice as long each time.
 */
function retryHint(): number {
  return 1_000 + Math.floor(Math.random() * 2_000);
}

/**
 * Sends events as they come, with a comment every 30 seconds. A reader that takes nothing from one heartbeat to the
 * next but one is let go: it holds what waits for it, and resumes by `Last-Event-ID` when it comes back.
 */
export function sendEvents(
  reply: FastifyReply,
  events: AsyncIterable<ServerSentEvent>,
  { signal, ticker }: { signal: AbortSignal; ticker: Ticker },
): FastifyReply {
  reply.header("content-type", "text/event-stream; charset=utf-8");
  reply.header("cache-control", "no-cache, no-transform");
  reply.header("x-accel-buffering", "no");
  const done = new AbortController();
  const ended = AbortSignal.any([signal, done.signal]);
  reply.raw.on("close", () => done.abort());
  let taken = 0;
  const stream = Readable.from(count(withHeartbeat(events, ticker(heartbeat, ended))), {
    objectMode: false,
    highWaterMark: bufferSize,
  });
  void letGoWhenStalled();
  return reply.send(stream);

  async function* count(lines: AsyncIterable<string>) {
    for await (const line of lines) {
      yield line;
      taken++;
    }
  }

  async function letGoWhenStalled(): Promise<void> {
    let before = -1;
    for await (const _tick of ticker(2 * heartbeat, ended)) {
      if (taken === before) reply.raw.destroy();
      before = taken;
    }
  }
}

async function* withHeartbeat(events: AsyncIterable<ServerSentEvent>, beats: AsyncIterable<void>) {
  yield `: connected\nretry: ${retryHint()}\n\n`;
  const source = events[Symbol.asyncIterator]();
  const beat = beats[Symbol.asyncIterator]();
  try {
    let nextEvent = source.next();
    let nextBeat = beat.next();
    for (;;) {
      const result = await Promise.race([nextEvent, nextBeat.then(() => "beat" as const)]);
      if (result === "beat") {
        if ((await nextBeat).done) return;
        nextBeat = beat.next();
        yield ": heartbeat\n\n";
        continue;
      }
      if (result.done) return;
      nextEvent = source.next();
      const { id, event, data } = result.value;
      yield `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    }
  } finally {
    // not waited for: it may be waiting itself, and ends by its own signal
    source.return?.().catch(() => {});
  }
}
