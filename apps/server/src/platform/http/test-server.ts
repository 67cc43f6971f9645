import { createServer, type RequestListener, type Server } from "node:http";

export type TestServer = { url: string; host: string; port: number; hits: string[]; server: Server };

const running: Server[] = [];

/** An HTTP server for one test, on a free port (or the given one). `hits` lists the requests that reached it. */
export async function serve(
  listener: RequestListener,
  at: { host?: string; port?: number } = {},
): Promise<TestServer> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  server.on("connection", (socket) => socket.on("error", () => {}));
  const host = at.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port ?? 0, host, resolve);
  });
  running.push(server);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test server has no port.");
  return { url: `http://${host}:${address.port}`, host, port: address.port, hits, server };
}

/** Ends all servers of the test, with their connections. */
export async function stopServers(): Promise<void> {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
