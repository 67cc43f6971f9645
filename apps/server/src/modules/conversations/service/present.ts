import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { can } from "../../identity/index.ts";
import { heartbeat, leave, stillThere } from "../../presence/index.ts";

/** Milliseconds between two signs of an open inbox. */
const beatEvery = 30_000;

/** Whose inboxes and sockets are open in this process: how many, by tenant and user. */
interface Attendance {
  open: Map<string, Map<string, number>>;
  /** Ends the beat; null while nobody is there. */
  over: AbortController | null;
  /** The beat that is being told, if any. */
  beating: Promise<void>;
}

const attendances = new WeakMap<Db, Attendance>();

/**
 * Counts whoever answers conversations as there until `signal` aborts: for an open inbox or a live socket. However many
 * are open, one timer tells of all of them, a tenant's in one statement, and the last one of somebody's tells that they left.
 * Resolves once that was told; a failure is logged and never ends what they follow.
 */
export async function keepPresent(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const { actor, tenantId } = ctx;
  if (actor.kind !== "user" || !can(actor, "answer conversations")) return;
  const { userId } = actor;
  const attendance = attendances.get(ctx.db) ?? { open: new Map(), over: null, beating: Promise.resolve() };
  attendances.set(ctx.db, attendance);
  enter(attendance, ctx, tenantId, userId);
  await tell(ctx, tenantId, (ctx) => heartbeat(ctx, userId));
  if (!signal.aborted) {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }
  if (!exit(attendance, tenantId, userId)) return;
  await attendance.beating; // it may be telling of them still
  if (isOpen(attendance, tenantId, userId)) return; // they came back meanwhile
  await tell(ctx, tenantId, (ctx) => leave(ctx, userId));
}

function enter(attendance: Attendance, services: Services, tenantId: string, userId: string): void {
  const ofTenant = attendance.open.get(tenantId) ?? new Map<string, number>();
  attendance.open.set(tenantId, ofTenant.set(userId, (ofTenant.get(userId) ?? 0) + 1));
  if (attendance.over) return;
  attendance.over = new AbortController();
  void beatWhileAnyone(attendance, services, attendance.over.signal);
}

/** Whether it was the last one of theirs. */
function exit(attendance: Attendance, tenantId: string, userId: string): boolean {
  const ofTenant = attendance.open.get(tenantId);
  const left = (ofTenant?.get(userId) ?? 0) - 1;
  if (left > 0) {
    ofTenant?.set(userId, left);
    return false;
  }
  ofTenant?.delete(userId);
  if (ofTenant?.size === 0) attendance.open.delete(tenantId);
  if (attendance.open.size === 0) {
    attendance.over?.abort();
    attendance.over = null;
  }
  return true;
}

function isOpen({ open }: Attendance, tenantId: string, userId: string): boolean {
  return open.get(tenantId)?.has(userId) ?? false;
}

async function beatWhileAnyone(
  attendance: Attendance,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  for await (const _ of services.ticker(beatEvery, signal)) {
    attendance.beating = beat(attendance, services);
    await attendance.beating;
  }
}

async function beat(attendance: Attendance, services: Services): Promise<void> {
  for (const tenantId of [...attendance.open.keys()]) {
    let others: string[] = [];
    await tell(services, tenantId, async (ctx) => {
      others = await stillThere(ctx, [...(attendance.open.get(tenantId)?.keys() ?? [])]);
    });
    for (const userId of others) {
      if (isOpen(attendance, tenantId, userId))
        await tell(services, tenantId, (ctx) => heartbeat(ctx, userId));
    }
  }
}

async function tell(
  services: Services,
  tenantId: string,
  what: (ctx: TxCtx) => Promise<void>,
): Promise<void> {
  const ctx = contextFor(services, { kind: "system", name: "presence" }, tenantId, null);
  try {
    await inTx(ctx, what);
  } catch (error) {
    services.log.warn({ error, tenantId }, "a presence was not written");
  }
}
