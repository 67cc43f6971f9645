import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { z } from "zod";
import type { TestServer } from "./server.ts";

export interface Heard {
  event: string;
  data: unknown;
}

const refusalSchema = z.object({ code: z.string(), message: z.string(), details: z.array(z.unknown()) });
const ackSchema = z.union([z.looseObject({ ok: z.literal(true) }), z.object({ error: refusalSchema })]);

/** A client by the stock library, not yet connected. It hears everything from the start. */
export function socketClient(
  server: Pick<TestServer, "url">,
  token: unknown,
  options: Partial<ManagerOptions & SocketOptions> = {},
) {
  const heard: Heard[] = [];
  const listeners = new Set<() => void>();
  const socket: Socket = io(server.url, {
    auth: { token },
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 5,
    reconnectionDelayMax: 20,
    ...options,
    autoConnect: false,
  });
  const wake = () => {
    for (const listener of listeners) listener();
  };
  socket.onAny((event: string, data: unknown) => {
    heard.push({ event, data });
    wake();
  });
  socket.on("disconnect", wake);
  return {
    socket,
    heard,
    /** Resolves once it is connected; rejects with the refusal. */
    connect: () =>
      new Promise<void>((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("connect_error", (error) => {
          const told = "data" in error ? refusalSchema.safeParse(error.data) : null;
          reject(new Error(told?.success ? told.data.code : error.message, { cause: told?.data }));
        });
        socket.connect();
      }),
    /** Sends an event and gives what its acknowledgement said: the answer, or the refusal. */
    async ask(event: string, data?: unknown) {
      return ackSchema.parse(await socket.timeout(10_000).emitWithAck(event, data));
    },
    /** The first event of the name that fits, heard already or to come. */
    until<Data>(event: string, schema: z.ZodType<Data>, fits: (data: Data) => boolean = () => true) {
      return new Promise<Data>((resolve) => {
        const look = () => {
          for (const one of heard) {
            if (one.event !== event) continue;
            const data = schema.parse(one.data);
            if (!fits(data)) continue;
            listeners.delete(look);
            resolve(data);
            return;
          }
        };
        listeners.add(look);
        look();
      });
    },
    close: () => socket.disconnect(),
  };
}
export type SocketClient = ReturnType<typeof socketClient>;

/** The code of a refusal in an acknowledgement; throws when it was none. */
export function codeOf(said: z.infer<typeof ackSchema>): string {
  const refused = z.object({ error: refusalSchema }).safeParse(said);
  if (refused.success) return refused.data.error.code;
  throw new Error(`It was not refused: ${JSON.stringify(said)}`);
}
