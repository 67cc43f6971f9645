import { readFile } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { lockDirectory } from "./lock.ts";
import { PortSocket } from "./port-socket.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

export interface EmbeddedDatabase {
  /** A fresh connection for node-postgres. Use with a pool of one. */
  connection(): PortSocket;
  /** The whole data directory as a tar file, for `template`. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Starts PGlite in a thread. `directory` null keeps everything in memory; `template` is a tar file
 * from `dump`, which saves the seconds of a first start. Throws when another process has the directory.
 */
export async function startEmbedded(options: {
  directory: string | null;
  template?: string;
}): Promise<EmbeddedDatabase> {
  // before the lock, which nobody would give back if it failed
  const modules = await compiledModules();
  const template = options.template ? await readTemplate(options.template) : null;
  const unlock = options.directory ? await lockDirectory(options.directory) : async () => {};
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { directory: options.directory, template, modules },
  });
  const post = (message: ToWorker) => worker.postMessage(message);
  worker.setMaxListeners(0);

  function expect<Kind extends FromWorker["kind"]>(kind: Kind) {
    return new Promise<Extract<FromWorker, { kind: Kind }>>((resolve, reject) => {
      const isExpected = (message: FromWorker): message is Extract<FromWorker, { kind: Kind }> =>
        message.kind === kind;
      const settle = () => {
        worker.off("message", onMessage);
        worker.off("error", onError);
        worker.off("exit", onExit);
      };
      const onMessage = (message: FromWorker) => {
        if (isExpected(message)) {
          settle();
          resolve(message);
        }
      };
      const onError = (error: Error) => {
        settle();
        reject(error);
      };
      const onExit = (code: number) => onError(new Error(`The embedded database ended with code ${code}.`));
      worker.on("message", onMessage);
      worker.on("error", onError);
      worker.on("exit", onExit);
    });
  }

  try {
    await expect("ready");
  } catch (error) {
    await unlock();
    throw error;
  }
  return {
    connection: () => new PortSocket(worker),
    async dump() {
      const dumped = expect("dumped");
      post({ kind: "dump" });
      return (await dumped).data;
    },
    async close() {
      const closed = expect("closed");
      post({ kind: "close" });
      await closed;
      await worker.terminate();
      await unlock();
    },
  };
}

let compiled: Promise<{ postgres: WebAssembly.Module; initdb: WebAssembly.Module }> | undefined;

/** Compiled once in a process and shared by its threads: each database that a process opens would pay for it again. */
function compiledModules() {
  compiled ??= (async () => {
    const [postgres, initdb] = await Promise.all(
      ["pglite.wasm", "initdb.wasm"].map(async (name) =>
        WebAssembly.compile(await readFile(new URL(name, import.meta.resolve("@electric-sql/pglite")))),
      ),
    );
    if (!postgres || !initdb) throw new Error("PGlite has no WebAssembly beside it.");
    return { postgres, initdb };
  })();
  return compiled;
}

const templates = new Map<string, Promise<Uint8Array>>();

/** Read once in a process and shared by its threads. */
function readTemplate(path: string): Promise<Uint8Array> {
  const known = templates.get(path);
  if (known) return known;
  const reading = readFile(path).then((bytes) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
    shared.set(bytes);
    return shared;
  });
  templates.set(path, reading);
  return reading;
}
