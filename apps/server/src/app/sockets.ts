import type { FastifyInstance } from "fastify";
import type { EnforceRateLimit } from "../faces/enforce-rate-limit.ts";
import type { Admitted } from "../faces/http/register.ts";
import { contextFor, type Services } from "../faces/principal.ts";
import type { Caller } from "../faces/rights-watch.ts";
import type { Whence } from "../faces/socket/handshake.ts";
import { serveSockets } from "../faces/socket/serve-sockets.ts";
import type { ServerEvent } from "../faces/socket/socket-event.ts";
import { keepPresent } from "../modules/conversations/index.ts";
import { assertCan } from "../modules/identity/index.ts";
import { clientEvents, openFeed, serverEvents } from "../modules/live/index.ts";
import type { ListedOrigins } from "./listed-origins.ts";

interface SocketGates {
  bearerBy(request: Whence, token: string): Promise<Admitted>;
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
      const { caller, watch } = await bearerBy(whence, token);
      const assertMay = ({ actor }: Caller) => assertCan(actor, "read conversations");
      assertMay(caller);
      return { caller, watch: (end) => watch(end, assertMay) };
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
