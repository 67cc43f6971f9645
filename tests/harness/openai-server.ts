import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";

/** What the server does with one request. Each of these is something that a real provider was seen to do. */
export type Script =
  | { kind: "answer"; text: string }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  /** Accepts the request and says nothing, or these words and nothing after them. */
  | { kind: "silence"; after?: string }
  /** Says these words and closes the connection. */
  | { kind: "break"; after: string }
  /** Says these words and ends the body properly, but without the protocol's end mark. */
  | { kind: "no end"; after: string }
  /** Sends this where a chunk of JSON belongs. */
  | { kind: "malformed"; after: string; chunk: string };

export interface ReceivedRequest {
  headers: IncomingHttpHeaders;
  model: string;
  stream: boolean;
  messages: { role: string; content: string }[];
  /** Resolves when the connection of the request has closed, with whether the answer was sent whole. */
  closed: Promise<{ whole: boolean }>;
}

export interface OpenAiServer {
  /** For `OPENAI_BASE_URL` and the like. */
  baseUrl: string;
  /** `host:port`, for `OUTBOUND_ALLOWED_HOSTS`. */
  host: string;
  requests: ReceivedRequest[];
  /** What the next requests get, one after another; after them `otherwise`. */
  script(...scripts: Script[]): void;
  otherwise: (request: ReceivedRequest) => Script;
  close(): Promise<void>;
}

/** Quotes the first sentence of the first source, as an obedient model would. */
export function quoteFirstSource({ messages }: ReceivedRequest): Script {
  const source = /<source number="1"[^>]*>\n([\s\S]*?)\n<\/source>/.exec(messages[0]?.content ?? "");
  const sentence = /^[^.!?]*[.!?]/.exec(source?.[1]?.split("\n").at(-1) ?? "")?.[0] ?? "ready";
  return { kind: "answer", text: source ? `${sentence.trim()} [1]` : sentence };
}

/** A provider that speaks the OpenAI protocol (chat/completions, streamed or not) on a free port. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const queue: Script[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const { model, stream = false, messages } = JSON.parse(text);
    const closed = new Promise<{ whole: boolean }>((resolve) =>
      response.on("close", () => resolve({ whole: response.writableFinished })),
    );
    const received: ReceivedRequest = { headers: request.headers, model, stream, messages, closed };
    fake.requests.push(received);
    play(queue.shift() ?? fake.otherwise(received), response, stream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake provider has no port.");
  const host = `127.0.0.1:${address.port}`;
  const fake: OpenAiServer = {
    baseUrl: `http://${host}/v1`,
    host,
    requests: [],
    script: (...scripts) => void queue.push(...scripts),
    otherwise: quoteFirstSource,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

function play(script: Script, response: ServerResponse, stream: boolean): void {
  if (script.kind === "status") {
    response.writeHead(script.status, { "content-type": "application/json", ...script.headers });
    response.end(script.body ?? JSON.stringify({ error: { message: "No.", type: "error", code: null } }));
    return;
  }
  if (script.kind === "silence" && script.after === undefined) return;
  const words = script.kind === "answer" ? script.text : (script.after ?? "");
  if (!stream) {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(completion(words)));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const content of words.split(/(?<= )/)) {
    if (content !== "") response.write(chunk({ choices: [{ index: 0, delta: { content } }] }));
  }
  switch (script.kind) {
    case "silence":
      return;
    case "break":
      // after the words have left, so that the other side reads them first
      response.write("", () => setImmediate(() => response.destroy()));
      return;
    case "no end":
      response.end();
      return;
    case "malformed":
      response.end(`data: ${script.chunk}\n\n`);
      return;
    case "answer":
      response.write(chunk({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }));
      response.write(chunk({ choices: [], usage }));
      response.end("data: [DONE]\n\n");
  }
}

const usage = { prompt_tokens: 120, completion_tokens: 20, total_tokens: 140 };
const base = { id: "chatcmpl-1", created: 1_700_000_000, model: "fake-1" };

function chunk(data: object): string {
  return `data: ${JSON.stringify({ ...base, object: "chat.completion.chunk", ...data })}\n\n`;
}

function completion(content: string) {
  const message = { role: "assistant", content };
  const choices = [{ index: 0, message, finish_reason: "stop" }];
  return { ...base, object: "chat.completion", choices, usage };
}
