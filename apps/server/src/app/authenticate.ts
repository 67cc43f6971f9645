import { fromNodeHeaders } from "better-auth/node";
import type { FastifyRequest } from "fastify";
import type { Admitted, Authenticate } from "../faces/http/register.ts";
import { factsOf } from "../faces/http/request-facts.ts";
import {
  actorOf,
  assertMayWork,
  type Browser,
  contextFor,
  type Principal,
  type Services,
} from "../faces/principal.ts";
import type { Whence } from "../faces/socket/handshake.ts";
import { findApiCaller } from "../modules/api-keys/index.ts";
import {
  type Auth,
  assertPlatformAdmin,
  assertTenantWorks,
  findMembership,
  toPrincipal,
} from "../modules/identity/index.ts";
import { findBearer, isAccessToken } from "../modules/tokens/index.ts";
import type { Actor } from "../platform/ctx/index.ts";
import { AppError } from "../platform/errors/index.ts";
import type { Ctx } from "../ports/index.ts";
import type { CsrfTokens } from "./csrf.ts";
import type { ListedOrigins } from "./listed-origins.ts";
import type { Page, Standing, Standings } from "./standings.ts";

/** Who is signed in, and by what they are looked up again. */
export type Recognised = Principal & { standing: Standing };

/**
 * Who a request comes from: a member by their session's cookie or an access token, a visitor by their widget's
 * token, a program by its API key.
 */
export function createAuthentication(
  services: Services,
  auth: Auth,
  { csrf, origins, standings }: { csrf: CsrfTokens; origins: ListedOrigins; standings: Standings },
) {
  /** The signed-in member, or null. Their membership is read anew; the session only hints at the tenant. */
  async function principalOf(request: FastifyRequest, browser?: Browser): Promise<Recognised | null> {
    const accessToken = accessTokenOf(request);
    if (accessToken !== null) return bearerPrincipal(request, accessToken);
    if (!request.headers.cookie) return null;
    assertOwnOrigin(request, services.publicUrl);
    // A subscription is a GET, which sends no Origin, and may ask a bot: no link of another site leads here.
    if (request.headers["sec-fetch-site"] === "cross-site") throw fromAnotherSite();
    const { headers, response: found } = await auth.api.getSession({
      headers: fromNodeHeaders(request.headers),
      returnHeaders: true,
    });
    // a session that was extended lives on in the browser too; one that is not there any more may have a successor there
    if (found) browser?.setCookies(headers.getSetCookie());
    const tenantId = found?.session.activeOrganizationId;
    if (!found || !tenantId) return null;
    const { session, user } = found;
    const membership = await findMembership(services.db, user.id, tenantId);
    if (!membership) return null;
    csrf.assert(request, session.id);
    const { id, token, expiresAt, mfaAt } = session;
    return {
      ...toPrincipal({ id, user, mfaAt }, membership, { expiresAt, csrfToken: csrf.of(id) }),
      standing: {
        kind: "session",
        session: { sessionId: id, userId: user.id, tenantId, token },
        endsAt: null, // it may be extended meanwhile
        from: null,
      },
    };
  }

  function admitted(caller: Ctx, standing: Standing): Admitted {
    return { caller, watch: standings.watch(caller, standing) };
  }

  async function visitorOf(request: FastifyRequest): Promise<Admitted | null> {
    const token = bearerOf(request);
    if (!token) return null;
    const claims = await services.ports.visitorTokens.read(token);
    const origin = request.headers.origin;
    if (claims.origin !== null && origin !== undefined && origin !== claims.origin) {
      throw new AppError("ORIGIN_NOT_ALLOWED", "This session belongs to another site.");
    }
    const { customerId, widgetId, botId, tenantId, expiresAt } = claims;
    await assertTenantWorks(services.db, tenantId);
    const actor: Actor = { kind: "visitor", customerId, widgetId, botId };
    return admitted(contextFor(services, actor, tenantId, request.ip, factsOf(request)), {
      kind: "visitor",
      visitor: { tenantId, actor },
      endsAt: expiresAt,
    });
  }

  /** A program that shows an API key; null for a request that shows an access token, or nothing at all. */
  async function programOf(request: FastifyRequest): Promise<Admitted | null> {
    const [, key] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    return key === undefined || isAccessToken(key) ? null : programBy(request, key);
  }

  async function programBy(request: Whence, key: string): Promise<Admitted> {
    const caller = await findApiCaller(services, key, {
      ipAddress: request.ip,
      userAgent: request.headers["user-agent"] ?? null,
    });
    if (!caller) throw noProgram();
    const { tenantId, actor, secretHash } = caller;
    await assertTenantWorks(services.db, tenantId);
    await origins.assertListed(request, tenantId);
    return admitted(contextFor(services, actor, tenantId, request.ip, factsOf(request)), {
      kind: "key",
      key: { tenantId, keyId: actor.keyId, secretHash },
      from: pageOf(request),
    });
  }

  async function bearerPrincipal(request: Whence, token: string): Promise<Recognised> {
    const principal = await findBearer(services, token);
    const { sessionId, expiresAt, user, tenant } = principal;
    await origins.assertListed(request, tenant.id);
    return {
      ...principal,
      standing: {
        kind: "session",
        session: { sessionId, userId: user.id, tenantId: tenant.id, token: null },
        endsAt: expiresAt,
        from: pageOf(request),
      },
    };
  }

  function admittedMember(request: Whence, principal: Recognised): Admitted {
    assertMayWork(principal);
    const { tenant, standing } = principal;
    return admitted(
      contextFor(services, actorOf(principal), tenant.id, request.ip, factsOf(request)),
      standing,
    );
  }

  /** The person who shows an access token. No cookie counts here, so no other site's page can act for anyone. */
  async function personOf(request: FastifyRequest): Promise<Admitted> {
    const token = accessTokenOf(request);
    if (token === null) {
      throw new AppError(
        "UNAUTHORIZED",
        "Send `Authorization: Bearer` with an access token or an API key that works.",
      );
    }
    return personBy(request, token);
  }

  async function personBy(request: Whence, token: string): Promise<Admitted> {
    return admittedMember(request, await bearerPrincipal(request, token));
  }

  /** Who shows a token where there are no headers to look into: a person an access token, a program its API key. */
  function bearerBy(request: Whence, token: string): Promise<Admitted> {
    return isAccessToken(token) ? personBy(request, token) : programBy(request, token);
  }

  const authenticate: Authenticate = async (request, needed) => {
    if (needed === "api key") {
      const program = await programOf(request);
      if (!program) throw noProgram();
      return program;
    }
    if (needed === "bearer" || needed === "admin") {
      const bearer = (await programOf(request)) ?? (await personOf(request));
      if (needed === "admin") assertPlatformAdmin(bearer.caller.actor);
      return bearer;
    }
    if (needed !== "member" && accessTokenOf(request) === null) {
      const visitor = await visitorOf(request);
      if (visitor) return visitor;
    }
    if (needed !== "visitor") {
      const principal = await principalOf(request);
      if (principal) return admittedMember(request, principal);
    }
    throw new AppError("UNAUTHORIZED", "Sign in first, or send the widget session's token.");
  };
  return { principalOf, programOf, bearerBy, authenticate };
}

/**
 * A cookie travels with whatever page makes the browser send it: from another site it may not act. Told by
 * the Origin header, which browsers send with every request that changes something.
 */
export function assertOwnOrigin(request: FastifyRequest, publicUrl: string): void {
  const { origin } = request.headers;
  if (request.method === "GET" || request.method === "HEAD" || origin === undefined) return;
  if (origin === new URL(publicUrl).origin) return; // a proxy may have put another name into Host
  if (URL.canParse(origin) && new URL(origin).host === request.host) return;
  throw fromAnotherSite();
}

function noProgram(): AppError {
  return new AppError(
    "UNAUTHORIZED",
    "The API key is missing or does not work. Send `Authorization: Bearer prl_…` with a key of Settings, API keys.",
  );
}

function fromAnotherSite(): AppError {
  return new AppError("ORIGIN_NOT_ALLOWED", "This request came from another site.");
}

/** Where the caller's tenant must list its site: a page that is not of the server's own. */
function pageOf({ headers: { origin }, host }: Page): Page | null {
  return origin === undefined ? null : { headers: { origin }, host };
}

/** An access token in the header; null for a request that shows another kind of token, or none. */
function accessTokenOf(request: FastifyRequest): string | null {
  const [, token] = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  return token !== undefined && isAccessToken(token) ? token : null;
}

/** From the header; in the query for EventSource, which can set none. */
function bearerOf(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header?.startsWith("Bearer ")) return header.slice("Bearer ".length);
  const { query } = request;
  if (typeof query === "object" && query !== null && "token" in query && typeof query.token === "string") {
    return query.token;
  }
  return null;
}
