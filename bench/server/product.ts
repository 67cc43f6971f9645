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
  /** How a member of the demo tenant signs in, and the widget that its visitors write to. */
  links: Started["links"];
  pid: number | undefined;
  /** Bytes of memory that the process holds. */
  memory(): number;
  /** A signed-in caller of the demo tenant. */
  signIn(): Promise<Caller>;
  stop(): Promise<void>;
  /** For when there is no time to wait. */
  kill(): void;
}

export interface Caller {
  query(name: string, input?: object): Promise<unknown>;
  mutate(name: string, input: object): Promise<unknown>;
  /** Asks a bot; gives the whole stream and the milliseconds to its first word and to its end. */
  ask(botId: string, question: string): Promise<{ stream: string; firstWordMs: number; wholeMs: number }>;
}

/** Starts the server as `npm start` does, on a data directory of its own; `env` goes with it. */
export async function startProduct(
  directory: string,
  port: number,
  env: Record<string, string> = {},
): Promise<Product> {
  const started = await startProcess({
    DATA_DIR: directory,
    PORT: String(port),
    NODE_COMPILE_CACHE: "node_modules/.cache/node",
    ...env,
  });
  return product(started, `http://localhost:${port}`);
}

/** Bytes of memory that a process holds. */
export function memoryOf(pid: number | undefined): number {
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(resident?.[1] ?? 0) * 1024;
}

/** Seconds of a core that a process has used; Linux counts them in hundredths. */
export function cpuSecondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function product(started: Started, url: string): Product {
  const { startMs } = started;
  const { email, password } = started.links;
  return {
    url,
    startMs,
    links: started.links,
    pid: started.process.pid,
    memory: () => memoryOf(started.process.pid),
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
    kill: () => void started.process.kill("SIGKILL"),
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
