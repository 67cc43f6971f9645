import type { FastifyInstance } from "fastify";
import type { EnforceRateLimit } from "../faces/enforce-rate-limit.ts";
import { contextFor, type Services } from "../faces/principal.ts";
import type { Whence } from "../faces/socket/handshake.ts";
import { serveSockets } from "../faces/socket/serve-sockets.ts";
import type { ServerEvent } from "../faces/socket/socket-event.ts";
import { keepPresent } from "../modules/conversations/index.ts";
import { assertCan } from "../modules/identity/index.ts";
import { clientEvents, openFeed, serverEvents } from "../modules/live/index.ts";
import type { Ctx } from "../ports/index.ts";
import type { ListedOrigins } from "./listed-origins.ts";

interface SocketGates {
  bearerBy(request: Whence, token: string): Promise<Ctx>;
  origins: ListedOrigins;
  enforceRateLimit: EnforceRateLimit;
  trustedProxies: number;
}

/** Seed 004's live events, for whoever reads conversations: a member by an access token, a program by its API key. */
export function registerSockets(
  app: FastifyInstance,
  services: Services,
  { bearerBy, origins, enforceRateLimit, trustedProxies }: SocketGates,
): void {
  serveSockets(app, services, {
    clientEvents,
    enforceRateLimit,
    trustedProxies,
    whileConnected: keepPresent,
    neededRights: [...new Set(Object.values<ServerEvent>(serverEvents).flatMap(({ needs }) => needs ?? []))],
    may: ({ actor }, right) => "rights" in actor && actor.rights.has(right),
    async admit(whence, token) {
      const caller = await bearerBy(whence, token);
      assertCan(caller.actor, "read conversations");
      return caller;
    },
    async mayConnect(origin, host) {
      if (origin === new URL(services.publicUrl).origin) return true;
      if (URL.canParse(origin) && new URL(origin).host === host) return true;
      return origins.isListed(origin);
    },
    openFeed(tenantId, deliver, onLost) {
      const ctx = contextFor(services, { kind: "system", name: "live" }, tenantId, null);
      return openFeed(ctx, deliver, onLost);
    },
  });
}
