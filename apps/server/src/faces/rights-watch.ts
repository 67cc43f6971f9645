import { isDeepStrictEqual } from "node:util";
import { type AppError, isAppError } from "../platform/errors/index.ts";
import type { Ctx } from "../ports/index.ts";
import { rightsChanged, type Services } from "./principal.ts";

/** Who somebody is and where; what they may do is in it. */
export type Caller = Pick<Ctx, "tenantId" | "actor">;

/**
 * Calls `end` once, with the reason, when the caller may not go on or is somebody else than they were, until the
 * returned function is called. The reason is an AppError, or else a failure of ours. `assertMay` says why somebody whose
 * rights have changed is refused; where it says nothing they are asked to connect again.
 */
export type Watch = (end: (reason: unknown) => void, assertMay?: (now: Caller) => void) => () => void;

/** Milliseconds between looks at whether callers may still listen. */
const checkEvery = 5_000;
/** Callers who are looked up at once: enough to be few statements, so few that nobody else waits long for them. */
const batchSize = 500;

interface Watched<Standing> {
  caller: Caller;
  standing: Standing;
  end(reason: unknown): void;
  assertMay: ((now: Caller) => void) | undefined;
}

/**
 * Looks every 5 seconds whether those may still listen who stay connected. One timer serves all, and they are looked up
 * together: what an idle connection costs is a part of a statement. `lookUp` gives who each is now, or why they are refused.
 */
export function createRightsWatch<Standing>(
  services: Pick<Services, "ticker" | "log">,
  lookUp: (standings: readonly Standing[]) => Promise<(Caller | AppError)[]>,
): { watch(caller: Caller, standing: Standing): Watch } {
  const watched = new Set<Watched<Standing>>();
  let over: AbortController | null = null;

  async function lookWhileAnyone(signal: AbortSignal): Promise<void> {
    for await (const _ of services.ticker(checkEvery, signal)) {
      const all = [...watched];
      for (let at = 0; at < all.length; at += batchSize) await lookAt(all.slice(at, at + batchSize));
    }
  }

  async function lookAt(batch: readonly Watched<Standing>[]): Promise<void> {
    let found: (Caller | AppError)[];
    try {
      found = await lookUp(batch.map(({ standing }) => standing));
    } catch (error) {
      services.log.error({ error }, "the rights of whoever is connected could not be looked up");
      for (const one of batch) end(one, error);
      return;
    }
    for (const [at, one] of batch.entries()) {
      const now = found[at];
      if (isAppError(now)) end(one, now);
      else if (!now || !isSame(one.caller, now)) end(one, refusalOf(one, now));
    }
  }

  function end(one: Watched<Standing>, reason: unknown): void {
    if (!leave(one)) return; // they have gone meanwhile
    try {
      one.end(reason);
    } catch (error) {
      services.log.error({ error }, "a connection could not be ended");
    }
  }

  function leave(one: Watched<Standing>): boolean {
    const wasThere = watched.delete(one);
    if (watched.size === 0) {
      over?.abort();
      over = null;
    }
    return wasThere;
  }

  return {
    watch: (caller, standing) => (end, assertMay) => {
      const one = { caller, standing, end, assertMay };
      watched.add(one);
      if (!over) {
        over = new AbortController();
        void lookWhileAnyone(over.signal);
      }
      return () => void leave(one);
    },
  };
}

function isSame(before: Caller, now: Caller): boolean {
  return before.tenantId === now.tenantId && isDeepStrictEqual(before.actor, now.actor);
}

function refusalOf({ assertMay }: Watched<unknown>, now: Caller | undefined): unknown {
  try {
    if (now) assertMay?.(now);
    return rightsChanged();
  } catch (error) {
    return error;
  }
}
