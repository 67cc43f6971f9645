import type { IncomingMessage } from "node:http";
import type { Socket as NetSocket } from "node:net";
import type { FastifyInstance } from "fastify";
import { Server, type Socket } from "socket.io";
import { AppError, isAppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import type { EnforceRateLimit } from "../enforce-rate-limit.ts";
import { reportFailure } from "../error-table.ts";
import type { Admitted } from "../http/register.ts";
import type { Services } from "../principal.ts";
import { attend, dismiss } from "./connection.ts";
import { createHalls, type OpenFeed } from "./hall.ts";
import { addressOf, tokenOf, type Whence } from "./handshake.ts";
import { HandshakeError } from "./refusal.ts";
import type { ClientEvent } from "./socket-event.ts";

/** Bytes of one packet of a client's: all of its events are small. */
const maxPacket = 16 * 1024;
/** Milliseconds for a connection to show its token. */
const handshakeLimit = 10_000;

interface SocketFace {
  clientEvents: readonly ClientEvent[];
  openFeed: OpenFeed;
  /** Rights that some events take; whose change, they connect anew. */
  neededRights: readonly string[];
  may(caller: Ctx, right: string): boolean;
  /** Runs for as long as somebody is connected; must not reject. */
  whileConnected(caller: Ctx, signal: AbortSignal): Promise<void>;
  /** Who shows the token, if they may listen at all; throws otherwise. */
  admit(whence: Whence, token: string): Promise<Admitted>;
  /** Whether pages of this origin may connect at all; whether for this tenant, `admit` knows. */
  mayConnect(origin: string, host: string): Promise<boolean>;
  enforceRateLimit: EnforceRateLimit;
  trustedProxies: number;
}

/**
 * Serves Socket.IO at `/socket.io` of the app's own HTTP server. Nothing is kept for a connection that was lost:
 * conversations number their events, and a client asks for those after its last number.
 */
export function serveSockets(app: FastifyInstance, services: Services, face: SocketFace): void {
  const events = new Map(face.clientEvents.map((event) => [event.name, event]));
  const mayConnect = async ({ headers: { origin, host } }: Pick<IncomingMessage, "headers">) =>
    origin === undefined || face.mayConnect(origin, host ?? "");
  const io = new Server(app.server, {
    serveClient: false,
    maxHttpBufferSize: maxPacket,
    connectTimeout: handshakeLimit,
    allowRequest: (request, done) => {
      mayConnect(request).then(
        (may) => done(may ? null : "Pages of this site may not connect.", may),
        (error: unknown) => {
          services.log.error({ error }, "an origin could not be looked up");
          done("Try again.", false);
        },
      );
    },
    cors: (request, done) => {
      const { origin } = request.headers;
      mayConnect(request).then(
        (may) => done(null, { origin: may && origin !== undefined ? origin : false, maxAge: 600 }),
        () => done(null, { origin: false }),
      );
    },
  });
  io.engine.on("headers", (headers: Record<string, string>) => {
    headers["cache-control"] = "no-store";
    headers["x-content-type-options"] = "nosniff";
  });

  const halls = createHalls(services.events, face.openFeed, {
    delivery(tenantId, { name, data, exceptUserId, needs }) {
      const to = io.to(needs === undefined ? roomOf(tenantId) : entitledRoom(tenantId, needs));
      (exceptUserId === undefined ? to : to.except(personOf(tenantId, exceptUserId))).emit(name, data);
    },
    lost: (tenantId) => {
      for (const socket of socketsOf(tenantId)) socket.conn.close(); // it comes back by itself, and catches up
    },
    stopped: (tenantId) => {
      const why = new AppError("TENANT_SUSPENDED", "The workspace was stopped.");
      for (const socket of socketsOf(tenantId)) dismiss(socket, why);
    },
  });
  const socketsOf = (tenantId: string): Socket[] =>
    [...(io.of("/").adapter.rooms.get(roomOf(tenantId)) ?? [])].flatMap(
      (id) => io.of("/").sockets.get(id) ?? [],
    );

  const admitted = new WeakMap<Socket, Admitted & { address: string }>();
  io.use((socket, next) => {
    const whence = whenceOf(socket, face.trustedProxies);
    const admission = async () => {
      const found = await face.admit(whence, tokenOf(socket.handshake.auth));
      admitted.set(socket, { ...found, address: whence.ip });
    };
    admission()
      .catch((error: unknown) => countRefusal(error, whence.ip))
      .then(
        () => next(),
        (error: unknown) => {
          reportFailure(services.log, error, { socketEvent: "connect" });
          next(new HandshakeError(error));
        },
      );
  });
  async function countRefusal(error: unknown, address: string): Promise<never> {
    if (isAppError(error) && error.code === "UNAUTHORIZED") {
      await face.enforceRateLimit("refusedCredential", { address, caller: null }, null);
    }
    throw error;
  }

  // nothing may wait in here: what is committed after the client hears `connect` must find it listening
  io.on("connection", (socket) => {
    const admission = admitted.get(socket);
    if (!admission) return socket.disconnect(true);
    const { caller } = admission;
    const { tenantId, actor } = caller;
    void socket.join(roomOf(tenantId));
    if (actor.kind === "user") void socket.join(personOf(tenantId, actor.userId));
    for (const right of face.neededRights) {
      if (face.may(caller, right)) void socket.join(entitledRoom(tenantId, right));
    }
    socket.on("disconnect", halls.enter(tenantId));
    const gone = attend(socket, {
      services,
      events,
      enforceRateLimit: face.enforceRateLimit,
      ...admission,
    });
    void face.whileConnected(caller, gone);
  });

  const upgraded = new Set<NetSocket>();
  app.server.on("upgrade", (_request, socket: NetSocket) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
  });
  app.addHook("preClose", async () => {
    io.engine.close(); // clients take it for a lost connection and come back, to another process or the next
    for (const socket of upgraded) socket.destroySoon(); // without waiting for one that does not answer
    halls.close();
  });
}

const roomOf = (tenantId: string) => `tenant/${tenantId}`;
const entitledRoom = (tenantId: string, right: string) => `entitled/${tenantId}/${right}`;
const personOf = (tenantId: string, userId: string) => `person/${tenantId}/${userId}`;

function whenceOf({ request }: Socket, trustedProxies: number): Whence {
  const { origin, host = "", "user-agent": userAgent } = request.headers;
  return {
    ip: addressOf(request, trustedProxies),
    host,
    headers: { origin, "user-agent": userAgent },
    id: newId(),
  };
}
