import { spawn } from "node:child_process";
import { io, type Socket } from "socket.io-client";
import { root } from "../../scripts/shell.ts";
import type { Line } from "./load.ts";

export interface Relay {
  pid: number | undefined;
  /** A client that is connected; one that `listens` hears all that is said. */
  connect(listens: boolean): Promise<Socket>;
  /** So many clients that say things, and one that listens. */
  line(speakers: number): Promise<Line & { close(): void }>;
  stop(): Promise<void>;
  kill(): void;
}

/** Starts the bare relay as a process of its own; with a database it keeps each message. */
export async function startRelay(port: number, database: string | null): Promise<Relay> {
  const child = spawn(process.execPath, ["bench/live/relay.ts"], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATABASE_URL: database ?? "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`The relay ended with code ${code}.`)));
  });
  const connect = (listens: boolean) => connected(`http://127.0.0.1:${port}`, { listens });
  return {
    pid: child.pid,
    connect,
    async line(speakers) {
      const listener = await connect(true);
      const sockets: Socket[] = [];
      for (let i = 0; i < speakers; i++) sockets.push(await connect(false));
      return {
        send: (nth, text) => sockets[nth % speakers]?.emitWithAck("say", text) ?? Promise.reject(),
        onSeen: (seen) => void listener.off("said").on("said", seen),
        close() {
          for (const socket of [listener, ...sockets]) socket.disconnect();
        },
      };
    },
    kill: () => void child.kill("SIGKILL"),
    async stop() {
      child.removeAllListeners("exit");
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    },
  };
}

/** A stock client over a web socket, connected. */
export function connected(url: string, auth: Record<string, unknown>): Promise<Socket> {
  const socket = io(url, { auth, transports: ["websocket"], forceNew: true, reconnection: false });
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("connect_error", reject);
  });
}
