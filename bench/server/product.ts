import { readFileSync } from "node:fs";
import {
  endProduct,
  type Product as Started,
  startProduct as startProcess,
} from "../../tests/harness/product.ts";

export interface Product {
  url: string;
  /** Milliseconds from the start of the process to its printed links. */
  startMs: number;
  /** Bytes of memory that the process holds. */
  memory(): number;
  /** A signed-in caller of the demo tenant. */
  signIn(): Promise<Caller>;
  stop(): Promise<void>;
}

export interface Caller {
  query(name: string, input?: object): Promise<unknown>;
  mutate(name: string, input: object): Promise<unknown>;
  /** Asks a bot; gives the whole stream and the milliseconds to its first word and to its end. */
  ask(botId: string, question: string): Promise<{ stream: string; firstWordMs: number; wholeMs: number }>;
}

/** Starts the server as `npm start` does, on a data directory of its own. */
export async function startProduct(directory: string, port: number): Promise<Product> {
  const started = await startProcess({
    DATA_DIR: directory,
    PORT: String(port),
    NODE_COMPILE_CACHE: "node_modules/.cache/node",
  });
  return product(started, `http://localhost:${port}`);
}

function product(started: Started, url: string): Product {
  const { startMs } = started;
  const { email, password } = started.links;
  return {
    url,
    startMs,
    memory() {
      const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${started.process.pid}/status`, "utf8"));
      return Number(pages?.[1] ?? 0) * 1024;
    },
    async signIn() {
      const response = await fetch(`${url}/trpc/auth.login`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ email, password }),
      });
      const cookie = response.headers
        .getSetCookie()
        .map((line) => line.split(";")[0])
        .join("; ");
      const known = { cookie, origin: url, "content-type": "application/json" };
      const session = await caller(url, known).query("auth.getSession");
      const token: unknown = Reflect.get(Object(session), "csrfToken");
      return caller(url, { ...known, "x-csrf-token": String(token) });
    },
    stop: () => endProduct(started, "SIGTERM"),
  };
}

function caller(url: string, headers: Record<string, string>): Caller {
  const read = async (response: Response): Promise<unknown> => {
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    const result: unknown = Reflect.get(Object(body), "result");
    return Reflect.get(Object(result), "data");
  };
  return {
    query: async (name, input) =>
      read(
        await fetch(
          input === undefined
            ? `${url}/trpc/${name}`
            : `${url}/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`,
          { headers },
        ),
      ),
    mutate: async (name, input) =>
      read(await fetch(`${url}/trpc/${name}`, { method: "POST", headers, body: JSON.stringify(input) })),
    async ask(botId, question) {
      const message = { id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text: question }] };
      const start = performance.now();
      const response = await fetch(`${url}/api/chat`, {
        method: "POST",
        headers,
        body: JSON.stringify({ id: crypto.randomUUID(), botId, messages: [message] }),
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      let stream = "";
      let firstWordMs = Number.NaN;
      for await (const chunk of response.body ?? []) {
        stream += Buffer.from(chunk).toString();
        if (Number.isNaN(firstWordMs) && stream.includes("text-delta"))
          firstWordMs = performance.now() - start;
      }
      return { stream, firstWordMs, wholeMs: performance.now() - start };
    },
  };
}
