import { connect, createServer, type Socket } from "node:net";

export interface TextEvent {
  id: string | undefined;
  event: string;
  data: string;
}

/** A TCP proxy before a server that breaks each connection after as many bytes as `budget` says. */
export async function startCuttingProxy(target: string, budget: () => number) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let left = budget();
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.pipe(upstream);
    upstream.on("data", (bytes) => {
      client.write(bytes.subarray(0, Math.max(0, left)));
      left -= bytes.length;
      if (left <= 0) client.end(end);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Breaks every connection that there is. */
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Reads an event stream as EventSource does, but does not wait before it connects again: the last id goes along, and
 * an event counts once the blank line after it has come. Ends with a status that is no 200, or when `signal` aborts.
 */
export async function readAsEventSource(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  onEvent: (event: TextEvent) => void,
): Promise<{ connections: number; status: number }> {
  let lastId = "";
  for (let connections = 1; ; connections++) {
    try {
      const response = await fetch(url, {
        headers: { accept: "text/event-stream", ...headers, ...(lastId ? { "last-event-id": lastId } : {}) },
        signal,
      });
      if (response.status !== 200) return { connections, status: response.status };
      let rest = "";
      const decoder = new TextDecoder();
      for await (const bytes of response.body ?? []) {
        rest += decoder.decode(bytes, { stream: true });
        const blocks = rest.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const read = (field: string) => new RegExp(`^${field}: (.*)$`, "m").exec(block)?.[1];
          const data = read("data");
          if (data === undefined) continue;
          const id = read("id");
          lastId = id ?? lastId;
          onEvent({ id, event: read("event") ?? "message", data });
        }
      }
    } catch (error) {
      if (signal.aborted) return { connections, status: 0 };
      if (!(error instanceof TypeError)) throw error; // the network, as fetch says it
    }
  }
}
