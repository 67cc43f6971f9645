import { Agent, request } from "node:http";

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

export interface Answered {
  status: number;
  /** Headers and body, as one text: what a caller could read. */
  head: string;
  body: string;
  /** Of a stream that stayed open without an error: the caller was let in. */
  open: boolean;
}

/** Sends requests over connections that are kept: one call is one request with its answer. */
export function createWire(
  url: string,
  /** Milliseconds of silence after which a stream counts as open. */
  { openAfter = 300 }: { openAfter?: number } = {},
) {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 24 });
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    send({ method, path, headers, body }: Sent): Promise<Answered> {
      const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
      return new Promise((resolve, reject) => {
        const sent = request(
          { hostname, port, method, path, headers: { ...headers, ...length }, agent },
          (response) => {
            const { statusCode: status = 0, rawHeaders } = response;
            const head = rawHeaders.join("\n");
            const chunks: Buffer[] = [];
            const done = (open: boolean) => {
              clearTimeout(timer);
              calls++;
              resolve({ status, head, body: Buffer.concat(chunks).toString("utf8"), open });
              if (open) sent.destroy();
            };
            const isStream = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
            const timer = isStream ? setTimeout(() => done(true), openAfter) : undefined;
            const isStill = () => timer?.refresh();
            response.on("data", (chunk: Buffer) => {
              chunks.push(chunk);
              isStill();
              if (isStream && /"errorCode":"\w+"/.test(chunk.toString("utf8"))) {
                done(false);
                sent.destroy();
              }
            });
            response.on("end", () => done(false));
            response.on("error", () => {});
          },
        );
        sent.on("error", (error) => (sent.destroyed ? undefined : reject(error)));
        sent.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

export type Wire = ReturnType<typeof createWire>;
