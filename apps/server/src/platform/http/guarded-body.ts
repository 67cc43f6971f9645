import { AppError } from "../errors/index.ts";
import { describeFailure } from "./failures.ts";

type Chunks = {
  read(): Promise<{ done: boolean; value?: unknown }>;
  cancel(reason?: unknown): Promise<void>;
};

/**
 * Passes a response body on, chunk by chunk as the consumer asks, and fails with `PAYLOAD_TOO_LARGE` once more
 * than `maxBytes` have come (counted after decompression, so a bomb is cut off as well). Cancelling it, or
 * aborting the signal, closes the connection.
 */
export function guardBody(
  source: Chunks,
  { maxBytes, signal }: { maxBytes: number; signal: AbortSignal | null },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let received = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await source.read().catch((error: unknown) => {
          throw signal?.aborted ? signal.reason : describeFailure(error);
        });
        if (done) return controller.close();
        if (!(value instanceof Uint8Array)) throw new TypeError("A body must consist of bytes.");
        received += value.byteLength;
        if (received > maxBytes) {
          await source.cancel().catch(() => {});
          throw tooLarge(maxBytes);
        }
        controller.enqueue(new Uint8Array(value));
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", `The other server's answer is larger than ${maxBytes} bytes.`);
}
