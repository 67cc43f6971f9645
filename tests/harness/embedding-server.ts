import { createServer } from "node:http";

export interface EmbeddingRequest {
  model: string;
  texts: string[];
}

export interface EmbeddingServer {
  /** Of an OpenAI-compatible API. */
  baseUrl: string;
  /** `host:port`, for `OUTBOUND_ALLOWED_HOSTS`. */
  host: string;
  requests: EmbeddingRequest[];
  /** What a request gets: a status other than 200 refuses it. It may wait as long as a test wants. */
  answer: (request: EmbeddingRequest) => Promise<number> | number;
  close(): Promise<void>;
}

/** A model's dimensions are the number at the end of its name: `words-24`. */
function dimensionsOf(model: string): number {
  return Number(/\d+$/.exec(model)?.[0] ?? 16);
}

/** Words that mean the same to the fake models. */
const meanings: Record<string, string> = {
  automobile: "car",
  automobiles: "car",
  cost: "price",
  costs: "price",
};

/**
 * The vector that a model has for a text: each meaning turns it in a direction of its own, another one for
 * each model. Texts that say the same are near, and vectors of different models have nothing in common.
 */
export function fakeVector(model: string, text: string): number[] {
  const vector = Array.from({ length: dimensionsOf(model) }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let state = 0x811c9dc5;
    for (const letter of model + (meanings[word] ?? word))
      state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    for (let i = 0; i < vector.length; i++) {
      state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
      vector[i] = (vector[i] ?? 0) + state / 2 ** 31;
    }
  }
  return vector;
}

/** A provider of embedding models on a free port, that waits and fails as a test tells it. */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { model, input } = JSON.parse(body);
    const texts: string[] = typeof input === "string" ? [input] : input;
    const received = { model, texts };
    fake.requests.push(received);
    const status = await fake.answer(received);
    // who is refused may ask again at once: nothing is proved by waiting
    response.writeHead(status, { "content-type": "application/json", "retry-after-ms": "1" });
    if (status !== 200) {
      response.end(JSON.stringify({ error: { message: "No.", type: "error", code: null } }));
      return;
    }
    const data = texts.map((text, index) => ({
      object: "embedding",
      index,
      embedding: fakeVector(model, text),
    }));
    const tokens = texts.length * 10;
    response.end(
      JSON.stringify({
        object: "list",
        model,
        data,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake provider has no port.");
  const host = `127.0.0.1:${address.port}`;
  const fake: EmbeddingServer = {
    baseUrl: `http://${host}/v1`,
    host,
    requests: [],
    answer: () => 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

/** A gate that lets nothing through until it is opened. `reached` resolves when the first one waits at it. */
export function gate(): { pass: () => Promise<void>; reached: Promise<void>; open: () => void } {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return {
    pass() {
      arrive();
      return opened;
    },
    reached,
    open,
  };
}
