import { connect } from "node:net";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { manualTicker } from "../../../../../tests/harness/ticker.ts";
import { type ServerSentEvent, sendEvents } from "./server-sent-events.ts";

/** Serves events until the reader has gone, and tells when the source was ended. */
async function serve(make: (gone: AbortSignal) => AsyncGenerator<ServerSentEvent>) {
  const { ticker, advance } = manualTicker();
  const app = Fastify({ forceCloseConnections: true });
  const gone = new AbortController();
  app.get("/", (_request, reply) => {
    reply.raw.on("close", () => gone.abort());
    return sendEvents(reply, make(gone.signal), { signal: gone.signal, ticker });
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return { address, advance, gone: gone.signal, close: () => app.close() };
}

test("a line without events gets a heartbeat every 30 seconds, and its end stops the source", async () => {
  const stopped = Promise.withResolvers<void>();
  const server = await serve(async function* (gone) {
    try {
      yield { id: 7, event: "first", data: { a: 1 } };
      await new Promise((resolve) => gone.addEventListener("abort", resolve, { once: true }));
    } finally {
      stopped.resolve();
    }
  });
  const response = await fetch(server.address);
  let text = "";
  const reading = (async () => {
    for await (const bytes of response.body ?? []) {
      text += new TextDecoder().decode(bytes);
      if (text.split(": heartbeat\n\n").length > 2) break;
    }
  })();
  await eventually(() => expect(text).toContain("first"));
  server.advance(29_999);
  expect(text).not.toContain("heartbeat");
  for (const beats of [1, 2]) {
    await eventually(() => {
      server.advance(beats === 1 ? 1 : 15_000);
      expect(text.split(": heartbeat").length - 1).toBeGreaterThanOrEqual(beats);
    });
  }
  await reading;
  const [, retry] =
    /^: connected\nretry: (\d+)\n\nid: 7\nevent: first\ndata: \{"a":1\}\n\n: heartbeat\n\n/.exec(text) ?? [];
  expect(Number(retry)).toBeGreaterThanOrEqual(1_000);
  expect(Number(retry)).toBeLessThan(3_000);
  await stopped.promise;
  await server.close();
});

test("G05: a reader that takes nothing is asked for no more than its buffer holds, and let go", async () => {
  let made = 0;
  const server = await serve(async function* () {
    for (;;) yield { id: ++made, event: "word", data: "x".repeat(10_000) };
  });
  const { port } = new URL(server.address);
  const socket = connect({ port: Number(port), host: "127.0.0.1" });
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  let before = -1;
  await eventually(() => {
    const isStill = made > 0 && made === before;
    before = made;
    expect(isStill).toBe(true);
  });
  expect(server.gone.aborted).toBe(false);
  await eventually(() => {
    server.advance(60_000);
    expect(server.gone.aborted).toBe(true);
  });
  // what the system's own buffers took, and ours
  expect(made * 10_000).toBeLessThan(16_000_000);
  socket.destroy();
  await server.close();
});
