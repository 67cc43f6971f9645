import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import {
  anthropicMessages,
  chatCompletions,
  type Dialect,
  embeddingsOf,
  responses,
} from "./provider-dialects.ts";

/** What the server does with one request. Each of these is something that a real provider was seen to do. */
export type Script =
  | { kind: "answer"; text: string }
  /** Answers, and calls these tools, of which it was told nothing. */
  | { kind: "tools"; text: string; calls: { name: string; args: string }[] }
  /** Answers, and does not tell what it used. */
  | { kind: "no usage"; text: string }
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: string }
  /** Accepts the request and says nothing, or these words and nothing after them. */
  | { kind: "silence"; after?: string }
  /** Says these words, the rest of them only after `until`, and ends as an answer does. */
  | { kind: "wait"; after: string; until: Promise<void>; text: string }
  /** Says these words and closes the connection. */
  | { kind: "break"; after: string }
  /** Says these words and ends the body properly, but without the protocol's end mark. */
  | { kind: "no end"; after: string }
  /** Sends this where a chunk of JSON belongs. */
  | { kind: "malformed"; after: string; chunk: string };

export interface ReceivedRequest {
  /** `/v1/chat/completions`, `/v1/messages`, `/v1/responses` or `/v1/embeddings`. */
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  model: string;
  stream: boolean;
  /** What the model was told and asked, the instructions first; of an embedding none. */
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

const dialects: Record<string, Dialect> = {
  "/v1/chat/completions": chatCompletions,
  "/v1/responses": responses,
  "/v1/messages": anthropicMessages,
};

/**
 * A provider on a free port that speaks the protocols of all of them, streamed or not: OpenAI's chat
 * completions, responses and embeddings, and Anthropic's messages.
 */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const queue: Script[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const body = JSON.parse(text);
    const { model, stream = false } = body;
    const path = request.url ?? "";
    const dialect = dialects[path] ?? chatCompletions;
    const isEmbedding = path === "/v1/embeddings";
    const closed = new Promise<{ whole: boolean }>((resolve) =>
      response.on("close", () => resolve({ whole: response.writableFinished })),
    );
    const messages = isEmbedding ? [] : dialect.read(body);
    const received: ReceivedRequest = {
      path,
      headers: request.headers,
      body,
      model,
      stream,
      messages,
      closed,
    };
    fake.requests.push(received);
    const next = queue.shift();
    if (isEmbedding && (next === undefined || next.kind === "answer")) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(embeddingsOf(body).answer));
      return;
    }
    play(next ?? fake.otherwise(received), response, stream ? "stream" : "whole", dialect);
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

function play(script: Script, response: ServerResponse, as: "stream" | "whole", dialect: Dialect): void {
  if (script.kind === "status") {
    // who is refused may ask again at once, unless a test says otherwise: nothing is proved by waiting
    const headers = script.headers ?? { "retry-after-ms": "1" };
    response.writeHead(script.status, { "content-type": "application/json", ...headers });
    response.end(script.body ?? JSON.stringify({ error: { message: "No.", type: "error", code: null } }));
    return;
  }
  if (script.kind === "silence" && script.after === undefined) return;
  const words = script.kind === "wait" ? script.after : "text" in script ? script.text : (script.after ?? "");
  if (script.kind === "wait" && as === "whole") throw new Error("Only a streamed answer waits.");
  if (as === "whole") {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(dialect.whole(words)));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(dialect.begin());
  for (const piece of piecesOf(words)) response.write(dialect.word(piece));
  switch (script.kind) {
    case "silence":
      return;
    case "wait":
      void script.until.then(() => {
        for (const piece of piecesOf(script.text)) response.write(dialect.word(piece));
        response.end(dialect.end(words + script.text));
      });
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
    case "no usage":
      response.end(dialect.end(words).replaceAll(/,"usage":\{[^{}]*\}/g, ""));
      return;
    case "tools":
      for (const { name, args } of script.calls) response.write(dialect.tool?.(name, args) ?? "");
      response.end(dialect.end(words));
      return;
    case "answer":
      response.end(dialect.end(words));
  }
}

/** Word by word, and what is long in larger pieces. */
function piecesOf(text: string): string[] {
  return text.length > 2_000 ? (text.match(/[\s\S]{1,500}/gu) ?? []) : text.split(/(?<= )/).filter(Boolean);
}
