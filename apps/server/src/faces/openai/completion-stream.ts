import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** Between two signs of life while nothing is said, in milliseconds: under the 60 seconds of common proxies. */
const heartbeatMs = 15_000;

/**
 * Sends chunks as OpenAI does: a `data:` line each, `[DONE]` at the end. A source that fails ends the stream
 * with `toError`'s body, which the clients throw. It is read to its end, or returned when the client has gone.
 */
export function sendChunks(
  reply: FastifyReply,
  chunks: AsyncGenerator<object>,
  toError: (error: unknown) => object,
  options: { heartbeatMs?: number } = {},
): FastifyReply {
  reply.header("content-type", "text/event-stream; charset=utf-8");
  reply.header("cache-control", "no-cache, no-transform");
  reply.header("x-accel-buffering", "no");
  return reply.send(Readable.from(toLines(chunks, toError, options.heartbeatMs ?? heartbeatMs)));
}

async function* toLines(
  chunks: AsyncGenerator<object>,
  toError: (error: unknown) => object,
  every: number,
): AsyncGenerator<string> {
  try {
    let next = chunks.next();
    for (;;) {
      const result = await within(next, every);
      if (result === "silence") {
        yield ": alive\n\n";
        continue;
      }
      if (result.done) break;
      yield `data: ${JSON.stringify(result.value)}\n\n`;
      next = chunks.next();
    }
  } catch (error) {
    yield `data: ${JSON.stringify(toError(error))}\n\n`;
  } finally {
    await chunks.return(undefined);
  }
  yield "data: [DONE]\n\n";
}

async function within<Value>(value: Promise<Value>, ms: number): Promise<Value | "silence"> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<"silence">((resolve) => {
    timer = setTimeout(() => resolve("silence"), ms);
  });
  try {
    return await Promise.race([value, silence]);
  } finally {
    clearTimeout(timer);
  }
}
