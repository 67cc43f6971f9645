import type { Socket } from "socket.io";
import { AppError, isAppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { EnforceRateLimit } from "../enforce-rate-limit.ts";
import { reportFailure } from "../error-table.ts";
import type { Services } from "../principal.ts";
import type { Watch } from "../rights-watch.ts";
import { parseInput, socketRefusal } from "./refusal.ts";
import type { ClientEvent } from "./socket-event.ts";

/** Events of one socket that wait for their turn; whoever sends more is refused without being counted. */
const maxWaiting = 50;
/** Packets that wait for a reader who takes none; then it is let go, and catches up when it comes back. */
const maxUnsent = 1_000;

/** The event by which a client is told what has no acknowledgement: `{ event, code, message, details }`. */
const errorEvent = "error";

interface Connection {
  services: Services;
  caller: Ctx;
  address: string;
  events: ReadonlyMap<string, ClientEvent>;
  enforceRateLimit: EnforceRateLimit;
  watch: Watch;
}

/**
 * Answers what a socket sends, one event after another, in the order in which they came. It is let go within 5 seconds
 * when the right of its caller has ended or changed, and when it takes nothing of what it is sent. The signal aborts
 * when it has gone.
 */
export function attend(socket: Socket, connection: Connection): AbortSignal {
  const gone = new AbortController();
  socket.on("disconnect", () => gone.abort());
  letGoWhenStalled(socket);
  const leave = connection.watch((reason) => refuse(socket, reason));
  socket.on("disconnect", leave);

  let waiting = 0;
  let turn: Promise<void> = Promise.resolve();
  socket.onAny((name: string, ...args: unknown[]) => {
    const last = args.at(-1);
    const answer = typeof last === "function" ? last : null;
    const tell = (said: Record<string, unknown>) => {
      if (answer) answer(said);
      else if ("error" in said) socket.emit(errorEvent, { event: name, ...Object(said.error) });
    };
    const act = async () => {
      try {
        tell({ ok: true, ...(await perform(name, args[0], connection)) });
      } catch (error) {
        reportFailure(connection.services.log, error, { socketEvent: name });
        tell({ error: socketRefusal(error) });
      } finally {
        waiting--;
      }
    };
    if (waiting >= maxWaiting) return tell({ error: socketRefusal(tooMany()) });
    waiting++;
    turn = turn.then(act);
  });
  return gone.signal;
}

async function perform(
  name: string,
  value: unknown,
  { caller, address, events, enforceRateLimit }: Connection,
): Promise<Record<string, unknown>> {
  await enforceRateLimit("socketMessage", { address, caller }, null);
  const event = events.get(name);
  if (!event) {
    throw new AppError("NOT_FOUND", `There is no such event. Send ${[...events.keys()].join(", ")}.`);
  }
  const given = typeof value === "function" || value === undefined ? {} : value;
  return event.run(caller, parseInput(event.input, given));
}

function tooMany(): AppError {
  return new AppError(
    "TOO_MANY_REQUESTS",
    "Too many events at once. Wait for the answers to the earlier ones.",
  );
}

/** A refusal is told and final; after a failure of ours the client connects again by itself. */
function refuse(socket: Socket, reason: unknown): void {
  if (isAppError(reason)) dismiss(socket, reason);
  else socket.conn.close();
}

/** Says why and ends the connection; clients do not come back by themselves from this. */
export function dismiss(socket: Socket, error: AppError): void {
  socket.emit(errorEvent, { event: null, ...socketRefusal(error) });
  socket.disconnect(true);
}

function letGoWhenStalled(socket: Socket): void {
  let unsent = 0;
  socket.conn.on("drain", () => {
    unsent = 0;
  });
  socket.onAnyOutgoing(() => {
    if (++unsent > maxUnsent) socket.conn.close();
  });
}
