import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { z } from "zod";
import { DurableFileSystem, durableStartParams } from "./durable-file-system.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { TemplateFileSystem } from "./template-file-system.ts";

/**
 * The embedded database's thread: runs PGlite away from the event loop and speaks the PostgreSQL wire
 * protocol over the message port. One client at a time, which the pool of one guarantees.
 */
const options = z
  .object({
    directory: z.string().nullable(),
    template: z.instanceof(Uint8Array).nullable(),
    modules: z.object({
      postgres: z.instanceof(WebAssembly.Module),
      initdb: z.instanceof(WebAssembly.Module),
    }),
  })
  .parse(workerData);
if (!parentPort) throw new Error("This file runs as a worker thread only.");
const port = parentPort;
const post = (message: FromWorker) => port.postMessage(message);

const database = await PGlite.create({
  extensions: { vector },
  pgliteWasmModule: options.modules.postgres,
  initdbWasmModule: options.modules.initdb,
  postgresqlconf: ["shared_buffers = 32MB", "maintenance_work_mem = 64MB"],
  ...storage(options),
});

/** Where the files are: on the disk or in memory, new or as in a template. */
function storage({ directory, template }: { directory: string | null; template: Uint8Array | null }) {
  if (!directory) return template ? { fs: new TemplateFileSystem(template) } : {};
  return {
    fs: new DurableFileSystem(directory),
    startParams: durableStartParams,
    ...(template ? { loadDataDir: new Blob([template.slice()]) } : {}),
  };
}

/** Messages after which the server must act: Sync, Query, Flush, CopyDone, CopyFail and CopyData. */
const flushing = new Set([..."SQHcfd"].map((letter) => letter.charCodeAt(0)));
const terminate = "X".charCodeAt(0);

let client = 0;
let started = false;
let pending: Buffer = Buffer.alloc(0);
let queue: Promise<unknown> = Promise.resolve();

/** One thing after the other; a failure here means that the protocol state is lost, so the thread ends. */
function enqueue(work: () => Promise<unknown>): void {
  queue = queue.then(work).catch((error: unknown) => {
    post({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    process.exit(70);
  });
}

function run(bytes: Buffer, forClient: number): void {
  const message = new Uint8Array(bytes);
  enqueue(() =>
    database.execProtocolRawStream(message, {
      onRawData: (data) => {
        if (forClient === client) post({ kind: "data", client: forClient, data: data.slice() });
      },
    }),
  );
}

/** A new client: whatever the last one left open is dropped; LISTEN registrations stay. */
function open(id: number): void {
  client = id;
  started = false;
  pending = Buffer.alloc(0);
  enqueue(async () => {
    if (database.isInTransaction()) await database.exec("rollback");
    await database.exec(
      "deallocate all; reset all; reset session authorization; select pg_advisory_unlock_all()",
    );
  });
}

/** Passes on whole messages up to the last one that makes the server answer; the rest waits. */
function receive(data: Uint8Array): void {
  const incoming = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  pending = pending.length > 0 ? Buffer.concat([pending, incoming]) : incoming;
  if (!started) {
    if (pending.length < 4 || pending.length < pending.readInt32BE(0)) return;
    const length = pending.readInt32BE(0);
    started = true;
    run(pending.subarray(0, length), client);
    pending = pending.subarray(length);
  }
  let at = 0;
  let ready = 0;
  while (pending.length - at >= 5) {
    const length = pending.readInt32BE(at + 1) + 1;
    if (pending.length - at < length) break;
    const type = pending[at];
    if (type === terminate) {
      if (ready > 0) run(pending.subarray(0, ready), client);
      pending = Buffer.alloc(0);
      return;
    }
    at += length;
    if (type !== undefined && flushing.has(type)) ready = at;
  }
  if (ready > 0) {
    run(pending.subarray(0, ready), client);
    pending = pending.subarray(ready);
  }
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "open") open(message.client);
  else if (message.kind === "data") {
    if (message.client === client) receive(message.data);
  } else if (message.kind === "dump") {
    enqueue(async () => {
      const dump = await database.dumpDataDir("none");
      post({ kind: "dumped", data: new Uint8Array(await dump.arrayBuffer()) });
    });
  } else {
    enqueue(async () => {
      await database.close();
      post({ kind: "closed" });
    });
  }
});
post({ kind: "ready" });
