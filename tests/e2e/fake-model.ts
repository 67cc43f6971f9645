import { createServer } from "node:http";
import { z } from "zod";
import { addressOf } from "./listen.ts";

export interface FakeModel {
  baseUrl: string;
  /** How many times it was asked, the test of the key included. */
  readonly requests: number;
  close(): Promise<void>;
}

const requestSchema = z.object({
  stream: z.boolean().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

/** A provider that speaks the OpenAI protocol and answers with the first sentence of the first source. */
export async function startFakeModel(): Promise<FakeModel> {
  let requests = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      requests++;
      const { stream, messages } = requestSchema.parse(JSON.parse(body));
      const base = { id: "1", created: 1, model: "fake-1" };
      if (!stream) {
        response.writeHead(200, { "content-type": "application/json" });
        const message = { role: "assistant", content: "ready" };
        const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 };
        response.end(
          JSON.stringify({
            ...base,
            object: "chat.completion",
            choices: [{ index: 0, message, finish_reason: "stop" }],
            usage,
          }),
        );
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      const send = (data: object) =>
        response.write(`data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", ...data })}\n\n`);
      for (const content of answerFrom(messages[0]?.content ?? "").split(/(?<= )/)) {
        send({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
      }
      send({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });
      send({ choices: [], usage: { prompt_tokens: 120, completion_tokens: 20, total_tokens: 140 } });
      response.end("data: [DONE]\n\n");
    });
  });
  const address = await addressOf(server);
  return {
    baseUrl: `${address}/v1`,
    get requests() {
      return requests;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answerFrom(instructions: string): string {
  const source = /<source number="1"[^>]*>\n([\s\S]*?)\n<\/source>/.exec(instructions)?.[1] ?? "";
  const prose = source.split(/\n\n+/).find((paragraph) => /^[\p{L}]/u.test(paragraph)) ?? source;
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(prose)?.[0] ?? prose;
  return `${sentence.replace(/\s+/g, " ").trim()} [1]`;
}
