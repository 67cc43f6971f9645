import type { Server } from "node:http";

/** Starts a server on a free port of this machine; gives its address. */
export function addressOf(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(`http://127.0.0.1:${address.port}`);
      else reject(new Error("The server has no address."));
    });
  });
}
