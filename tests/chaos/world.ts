import { mkdtempSync, rmSync } from "node:fs";
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
  const env = {
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    HOST: "127.0.0.1",
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: directory,
    RATE_LIMIT_SCALE: "100000",
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  };
  let product = await startProduct(env);
  return {
    ...product.links,
    kill: () => endProduct(product, "SIGKILL"),
    async start() {
      product = await startProduct(env);
    },
    async close() {
      await endProduct(product, "SIGTERM");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
