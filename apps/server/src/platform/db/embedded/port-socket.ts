import { Duplex } from "node:stream";
import type { Worker } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./protocol.ts";

let nextClient = 1;

/** As much of a socket as node-postgres asks of one, over the message port of the embedded database. */
export class PortSocket extends Duplex {
  readonly #client = nextClient++;
  readonly #worker: Worker;
  readonly #receive = (message: FromWorker): void => {
    if (message.kind !== "data" || message.client !== this.#client || this.destroyed) return;
    this.push(Buffer.from(message.data.buffer, message.data.byteOffset, message.data.byteLength));
  };

  constructor(worker: Worker) {
    super();
    this.#worker = worker;
  }

  connect(): this {
    this.#worker.on("message", this.#receive);
    this.#post({ kind: "open", client: this.#client });
    process.nextTick(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#worker.ref();
    return this;
  }

  unref(): this {
    this.#worker.unref();
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#post({ kind: "data", client: this.#client, data: new Uint8Array(chunk) });
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "buffer", done);
  }

  override _final(done: () => void): void {
    this.#worker.off("message", this.#receive);
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off("message", this.#receive);
    done(error);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
