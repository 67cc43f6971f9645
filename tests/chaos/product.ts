import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Product {
  url: string;
  email: string;
  password: string;
  widgetId: string;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data, under the same address. */
  start(): Promise<void>;
  /** Ends it, and removes its files. */
  close(): Promise<void>;
}

/** The server as a process of its own with the demo in it, over PostgreSQL or, without an address, the embedded database. */
export async function startProduct(databaseUrl: string | null): Promise<Product> {
  const directory = mkdtempSync(join(tmpdir(), "parlance-chaos-"));
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: directory,
    RATE_LIMIT_SCALE: "100000",
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  };
  let child: ChildProcess | null = null;
  let printed = "";

  function start(): Promise<void> {
    const started = spawn(process.execPath, ["apps/server/src/main.ts"], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    let output = "";
    return new Promise((resolve, reject) => {
      started.once("exit", (code) => reject(new Error(`The server ended with code ${code}:\n${output}`)));
      const read = (data: Buffer) => {
        output += data.toString();
        if (!output.includes("/docs")) return;
        printed ||= output;
        resolve();
      };
      started.stdout?.on("data", read);
      started.stderr?.on("data", read);
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.removeAllListeners("exit");
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill(signal);
    await ended;
  }

  await start();
  const find = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? "";
  return {
    url: `http://127.0.0.1:${port}`,
    email: find(/sign in with\s+(\S+)/),
    password: find(/sign in with\s+\S+\s+\/\s+(\S+)/),
    widgetId: find(/widget\s+\S+\/demo\/(\S+)/),
    kill: () => end("SIGKILL"),
    start,
    async close() {
      await end("SIGTERM");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("There is no port.")),
      );
    });
  });
}
