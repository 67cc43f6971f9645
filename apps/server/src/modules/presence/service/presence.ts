import { and, eq, gt, inArray } from "drizzle-orm";
import { steady } from "../../../platform/db/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { agentStatusChanged } from "../presence.events.ts";
import type { AgentStatus, Presence } from "../presence.schema.ts";
import { agentPresence } from "../presence.tables.ts";

export type PresenceRow = typeof agentPresence.$inferSelect;

/** Milliseconds for which an open inbox counts after it last said so. It says so every 30 seconds. */
export const heartbeatLasts = 75_000;
/** Milliseconds within which a second sign of life is not written down. */
const signsApart = 30_000;

/** In which somebody takes part in the work. */
const works: AgentStatus[] = ["available", "busy"];

const absent: Presence = {
  status: "offline",
  isThere: false,
  maxConcurrent: null,
  lastSeenAt: null,
  since: null,
};

/** Holds a member's row until the transaction ends; makes it where there is none. */
export async function lockPresence(ctx: TxCtx, userId: string): Promise<PresenceRow> {
  const mine = and(eq(agentPresence.tenantId, ctx.tenantId), eq(agentPresence.userId, userId));
  const lock = async () => (await ctx.tx.select().from(agentPresence).where(mine).for("update"))[0];
  const known = await lock(); // nearly always
  if (known) return known;
  const at = ctx.now();
  await ctx.tx
    .insert(agentPresence)
    .values({
      tenantId: ctx.tenantId,
      userId,
      status: "available",
      lastSeenAt: at,
      thereUntil: at,
      since: at,
    })
    .onConflictDoNothing();
  const row = await lock();
  if (!row) throw new Error("A presence that was just made is gone.");
  return row;
}

/** An inbox of theirs is open: they count as there for a while. Ends what the sweep found. */
export async function heartbeat(ctx: TxCtx, userId: string): Promise<void> {
  const before = await lockPresence(ctx, userId);
  const until = new Date(ctx.now().getTime() + heartbeatLasts);
  await keep(ctx, before, {
    ...awake(ctx, before),
    lastSeenAt: ctx.now(),
    thereUntil: until > before.thereUntil ? until : before.thereUntil,
  });
}

/** They did something: what waits for them is not taken away. It says nothing of an open inbox. */
export async function noteSign(ctx: TxCtx, userId: string): Promise<void> {
  const isNoted = ({ lastSeenAt, setBySweep }: PresenceRow) =>
    !setBySweep && ctx.now().getTime() - lastSeenAt.getTime() < signsApart;
  const [known] = await ctx.tx
    .select()
    .from(agentPresence)
    .where(and(eq(agentPresence.tenantId, ctx.tenantId), eq(agentPresence.userId, userId)))
    .prepare(steady)
    .execute();
  if (known && isNoted(known)) return; // nearly always, and without a lock that would queue up all that they write
  const before = await lockPresence(ctx, userId);
  if (isNoted(before)) return;
  await keep(ctx, before, { ...awake(ctx, before), lastSeenAt: ctx.now() });
}

/** An inbox of theirs was closed. Where another one is open it says so within 30 seconds. */
export async function leave(ctx: TxCtx, userId: string): Promise<void> {
  const before = await lockPresence(ctx, userId);
  await keep(ctx, before, { thereUntil: ctx.now() });
}

/** What they, or a colleague for them, say. Who says to be available counts as there for so many minutes. */
export async function keepStatus(
  ctx: TxCtx,
  userId: string,
  change: { status?: AgentStatus; maxConcurrent?: number | null; minutes: number; bySweep?: boolean },
): Promise<{ before: PresenceRow; after: PresenceRow }> {
  const before = await lockPresence(ctx, userId);
  if (change.bySweep && !works.includes(before.status)) return { before, after: before }; // as they said themselves
  const { status = before.status, maxConcurrent = before.maxConcurrent, bySweep = false } = change;
  const said = change.status === "available" || change.status === "busy";
  const until = new Date(ctx.now().getTime() + change.minutes * 60_000);
  const after = await keep(ctx, before, {
    status,
    maxConcurrent,
    setBySweep: change.status === undefined ? before.setBySweep : bySweep,
    since: status === before.status ? before.since : ctx.now(),
    ...(bySweep ? {} : { lastSeenAt: ctx.now() }),
    ...(said && until > before.thereUntil ? { thereUntil: until } : {}),
  });
  return { before, after };
}

/** How each of these people stands; those without a row were never there. */
export async function presenceOf(ctx: TxCtx, userIds: readonly string[]): Promise<Map<string, Presence>> {
  const found = new Map<string, Presence>(userIds.map((id) => [id, absent]));
  if (userIds.length === 0) return found;
  const rows = await ctx.tx
    .select()
    .from(agentPresence)
    .where(and(eq(agentPresence.tenantId, ctx.tenantId), inArray(agentPresence.userId, [...userIds])));
  for (const row of rows) found.set(row.userId, toPresence(ctx, row));
  return found;
}

/** Who is there in whatever process, the longest first. */
export async function whoIsThere(ctx: TxCtx, statuses: AgentStatus[] = works): Promise<string[]> {
  const rows = await ctx.tx
    .select({ userId: agentPresence.userId })
    .from(agentPresence)
    .where(
      and(
        eq(agentPresence.tenantId, ctx.tenantId),
        inArray(agentPresence.status, statuses),
        gt(agentPresence.thereUntil, ctx.now()),
      ),
    )
    .orderBy(agentPresence.since, agentPresence.userId);
  return rows.map(({ userId }) => userId);
}

/** Whether somebody is there to see that a person is asked for. It may say no for seconds after somebody came back. */
export async function isSomeoneThere(ctx: TxCtx): Promise<boolean> {
  return (await whoIsThere(ctx)).length > 0;
}

export function toPresence(ctx: Pick<TxCtx, "now">, row: PresenceRow): Presence {
  const { maxConcurrent, lastSeenAt, since } = row;
  const isThere = row.thereUntil > ctx.now();
  const status = isThere || row.status === "away" ? row.status : "offline";
  return { status, isThere: isThere && works.includes(status), maxConcurrent, lastSeenAt, since };
}

function awake(ctx: TxCtx, { setBySweep, status, since }: PresenceRow) {
  return setBySweep
    ? { setBySweep: false, status: "available" as const, since: ctx.now() }
    : { status, since };
}

async function keep(ctx: TxCtx, before: PresenceRow, change: Partial<PresenceRow>): Promise<PresenceRow> {
  const after = { ...before, ...change };
  await ctx.tx
    .update(agentPresence)
    .set(change)
    .where(and(eq(agentPresence.tenantId, ctx.tenantId), eq(agentPresence.userId, before.userId)));
  const { status } = toPresence(ctx, after);
  if (status !== toPresence(ctx, before).status) {
    const { userId } = before;
    await emit(ctx, agentStatusChanged, { userId, status, at: ctx.now().toISOString() });
  }
  return after;
}
