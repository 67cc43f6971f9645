import Fastify from "fastify";
import { expect, test } from "vitest";
import { sendChunks } from "./completion-stream.ts";
import { openAiError } from "./error-body.ts";

async function streamOf(chunks: AsyncGenerator<object>, read: (text: string) => boolean = () => false) {
  const app = Fastify({ forceCloseConnections: true });
  app.get("/", (_request, reply) =>
    sendChunks(reply, chunks, () => openAiError("INTERNAL", "It broke.").body, { heartbeatMs: 20 }),
  );
  const response = await fetch(await app.listen({ host: "127.0.0.1", port: 0 }));
  let text = "";
  for await (const bytes of response.body ?? []) {
    text += new TextDecoder().decode(bytes);
    if (read(text)) break;
  }
  return { text, close: () => app.close() };
}

test("chunks are lines of data, and the mark stands at the end", async () => {
  const { text, close } = await streamOf(
    (async function* () {
      yield { a: 1 };
      yield { b: "é\n" };
    })(),
  );
  expect(text).toBe('data: {"a":1}\n\ndata: {"b":"é\\n"}\n\ndata: [DONE]\n\n');
  await close();
});

test("a source that fails ends the stream with the error's body", async () => {
  const { text, close } = await streamOf(
    (async function* () {
      yield { a: 1 };
      throw new Error("inside");
    })(),
  );
  expect(text).toBe(
    'data: {"a":1}\n\ndata: {"error":{"message":"It broke.","type":"server_error","param":null,"code":"internal_error"}}\n\ndata: [DONE]\n\n',
  );
  await close();
});

test("a silent source gets signs of life, and is ended when its reader leaves", async () => {
  const ended = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  async function* silent() {
    try {
      yield { a: 1 };
      await leave.promise;
    } finally {
      ended.resolve();
    }
  }
  const { text, close } = await streamOf(silent(), (so) => so.split(": alive\n\n").length > 2);
  expect(text.startsWith('data: {"a":1}\n\n: alive\n\n: alive\n\n')).toBe(true);
  leave.resolve();
  await ended.promise;
  await close();
});

test.each([
  [
    "VALIDATION_ERROR",
    { fields: [{ path: "messages.0.content.12.text" }] },
    400,
    "messages[0].content[12].text",
  ],
  ["VALIDATION_ERROR", { fields: [{ path: "" }] }, 400, null],
  ["VALIDATION_ERROR", { fields: "odd" }, 400, null],
  ["NOT_FOUND", { param: "model" }, 404, "model"],
  ["UNAVAILABLE", undefined, 503, null],
  ["UPSTREAM_TIMEOUT", undefined, 504, null],
  ["INSUFFICIENT_CREDITS", undefined, 429, null],
] as const)("%s with %j is %i about %j", (code, details, status, param) => {
  const error = openAiError(code, "No.", details);
  expect(error.status).toBe(status);
  expect(error.body.error.param).toBe(param);
  expect(error.body.error.type).toBe(
    status >= 500 ? "server_error" : status === 429 ? "insufficient_quota" : "invalid_request_error",
  );
});
