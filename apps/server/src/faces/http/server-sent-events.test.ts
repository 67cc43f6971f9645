import Fastify from "fastify";
import { expect, test } from "vitest";
import { sendEvents } from "./server-sent-events.ts";

test("a line without events gets a heartbeat, and its end stops the source", async () => {
  const app = Fastify({ forceCloseConnections: true });
  const gone = new AbortController();
  const stopped = Promise.withResolvers<void>();
  async function* silent() {
    try {
      yield { id: 7, event: "first", data: { a: 1 } };
      await new Promise((resolve) => gone.signal.addEventListener("abort", resolve, { once: true }));
    } finally {
      stopped.resolve();
    }
  }
  app.get("/", (_request, reply) => {
    reply.raw.on("close", () => gone.abort());
    return sendEvents(reply, silent(), gone.signal, { heartbeatMs: 20 });
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const response = await fetch(address);
  let text = "";
  for await (const bytes of response.body ?? []) {
    text += new TextDecoder().decode(bytes);
    if (text.split(": heartbeat\n\n").length > 2) break;
  }
  expect(text.startsWith(': connected\n\nid: 7\nevent: first\ndata: {"a":1}\n\n: heartbeat\n\n')).toBe(true);
  await stopped.promise;
  await app.close();
});
