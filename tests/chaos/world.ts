import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../harness/free-port.ts";
import { endProduct, type Product, startProduct } from "../harness/product.ts";

export interface World extends Pick<Product["links"], "url" | "email" | "password" | "widgetId"> {
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data, under the same address. */
  start(): Promise<void>;
  /** Ends it, and removes its files. */
  close(): Promise<void>;
}

/** The server over PostgreSQL or, without an address, over the embedded database. */
export async function startWorld(databaseUrl: string | null): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "parlance-chaos-"));
  const port = await freePort();
  const gate = await openGate(join(directory, "gate"));
  const env = {
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: join(directory, "data"),
    RATE_LIMIT_SCALE: "100000",
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    // collecting the garbage of a start takes longer than the start where the young generation is small
    NODE_OPTIONS: `--max-semi-space-size=64 --import=${new URL("standby.ts", import.meta.url)}`,
    CHAOS_GATE: gate.address,
  };

  /** A process that has read the code and begins when it is let in. */
  async function standBy(): Promise<() => Promise<Product>> {
    const started = startProduct(env);
    const waiting = await Promise.race([gate.next(), started]);
    if (!("write" in waiting)) throw new Error("The server did not wait at the gate.");
    return () => {
      waiting.write("go");
      return started;
    };
  }

  let product = await (await standBy())();
  let next = standBy();
  return {
    ...product.links,
    kill: () => endProduct(product, "SIGKILL"),
    async start() {
      product = await (await next)();
      next = standBy();
    },
    async close() {
      await next;
      await endProduct(product, "SIGTERM");
      gate.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Where processes wait until they are let in. */
async function openGate(address: string) {
  const waiting: Socket[] = [];
  const called: ((one: Socket) => void)[] = [];
  const server = createServer((one) => {
    one.on("error", () => {});
    const answer = called.shift();
    if (answer) answer(one);
    else waiting.push(one);
  });
  const open = new Set<Socket>();
  server.on("connection", (one) => open.add(one));
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return {
    address,
    next: () =>
      new Promise<Socket>((resolve) => {
        const one = waiting.shift();
        if (one) resolve(one);
        else called.push(resolve);
      }),
    close() {
      for (const one of open) one.destroy();
      server.close();
    },
  };
}
