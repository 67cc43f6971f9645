import { actorOf, assertMayWork, type Principal, type Services } from "../faces/principal.ts";
import { type Caller, createRightsWatch, type Watch } from "../faces/rights-watch.ts";
import type { Whence } from "../faces/socket/handshake.ts";
import { type KeyStanding, lookAgainAtKeys } from "../modules/api-keys/index.ts";
import {
  findPrincipals,
  type SessionStanding,
  tenantClosed,
  tenantStatuses,
} from "../modules/identity/index.ts";
import { AppError, isAppError } from "../platform/errors/index.ts";
import type { ListedOrigins } from "./listed-origins.ts";

/** By what a caller is looked up again who stays connected: what was proven of them when they came. */
export type Standing =
  | { kind: "session"; session: SessionStanding; endsAt: Date | null; from: Page | null }
  | { kind: "key"; key: KeyStanding; from: Page | null }
  | { kind: "visitor"; visitor: Caller; endsAt: Date };

/** The page that called, where its tenant must list it. */
export type Page = Pick<Whence, "headers" | "host">;

export interface Standings {
  /** Who came, to be looked at again for as long as they stay. */
  watch(caller: Caller, standing: Standing): Watch;
}

/** Looks for all connections of this process together whether those who came may still listen. */
export function createStandings(services: Services, origins: ListedOrigins): Standings {
  return createRightsWatch(services, async (standings) => {
    const found = new Map<Standing, Caller | AppError>([
      ...(await sessionsNow(services, ofKind(standings, "session"))),
      ...(await keysNow(services, ofKind(standings, "key"))),
      ...(await visitorsNow(services, ofKind(standings, "visitor"))),
    ]);
    const unlisted = await unlistedPages(origins, found);
    return standings.map((one) => unlisted.get(one) ?? found.get(one) ?? ended());
  });
}

type Of<Kind extends Standing["kind"]> = Extract<Standing, { kind: Kind }>;
type Now = [Standing, Caller | AppError];

function ofKind<Kind extends Standing["kind"]>(standings: readonly Standing[], kind: Kind): Of<Kind>[] {
  return standings.filter((one): one is Of<Kind> => one.kind === kind);
}

async function sessionsNow(services: Services, standings: readonly Of<"session">[]): Promise<Now[]> {
  const now = services.now();
  const open = standings.filter(({ endsAt }) => endsAt === null || endsAt > now);
  const principals = await findPrincipals(
    services,
    open.map(({ session }) => session),
  );
  return open.map((one, at) => [one, callerOf(principals[at] ?? null)]);
}

function callerOf(principal: Principal | null): Caller | AppError {
  if (!principal) return ended();
  try {
    assertMayWork(principal);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
  return { tenantId: principal.tenant.id, actor: actorOf(principal) };
}

async function keysNow(services: Services, standings: readonly Of<"key">[]): Promise<Now[]> {
  const found = await lookAgainAtKeys(
    services,
    standings.map(({ key }) => key),
  );
  return standings.map((one, at) => {
    const program = found[at];
    return [one, !program ? ended() : program.isClosed ? tenantClosed() : program.caller];
  });
}

async function visitorsNow(services: Services, standings: readonly Of<"visitor">[]): Promise<Now[]> {
  const statuses = await tenantStatuses(
    services.db,
    standings.map(({ visitor }) => visitor.tenantId),
  );
  const now = services.now();
  return standings.map((one) => {
    const { visitor, endsAt } = one;
    if (endsAt <= now) return [one, ended()];
    return [one, statuses.get(visitor.tenantId) === "active" ? visitor : tenantClosed()];
  });
}

/** Those whose page their tenant no longer lists, with the refusal; each page of each tenant is looked up once. */
async function unlistedPages(
  origins: ListedOrigins,
  found: ReadonlyMap<Standing, Caller | AppError>,
): Promise<Map<Standing, AppError>> {
  const asked = new Map<string, Promise<AppError | null>>();
  const unlisted = new Map<Standing, AppError>();
  for (const [one, now] of found) {
    if (one.kind === "visitor" || one.from?.headers.origin === undefined || isAppError(now)) continue;
    const { from } = one;
    const page = JSON.stringify([now.tenantId, from.headers.origin, from.host]);
    const answer = asked.get(page) ?? refusalOf(origins.assertListed(from, now.tenantId));
    asked.set(page, answer);
    const refusal = await answer;
    if (refusal) unlisted.set(one, refusal);
  }
  return unlisted;
}

async function refusalOf(asked: Promise<void>): Promise<AppError | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

function ended(): AppError {
  return new AppError("UNAUTHORIZED", "Whoever came so may not go on. Sign in again.");
}
