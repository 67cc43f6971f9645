import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import type { SwarmMessageRow } from "../swarms.queries.ts";
import { swarmMessages, swarmParticipants } from "../swarms.tables.ts";
import { slackEvents, swarmMirrors } from "./mirror.tables.ts";

export type MirrorRow = typeof swarmMirrors.$inferSelect;
export type SlackEventRow = typeof slackEvents.$inferSelect;

/** The mirrors of these swarms that have one, by the swarm's id. */
export async function mirrorsOf(ctx: TxCtx, swarmIds: string[]): Promise<Map<string, MirrorRow>> {
  if (swarmIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select()
    .from(swarmMirrors)
    .where(and(eq(swarmMirrors.tenantId, ctx.tenantId), inArray(swarmMirrors.swarmId, swarmIds)));
  return new Map(rows.map((row) => [row.swarmId, row]));
}

/** The mirror of a swarm; null where it has none. Locked, it stays as it is until the transaction ends. */
export async function findMirror(
  ctx: TxCtx,
  swarmId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<MirrorRow | null> {
  const query = ctx.tx.select().from(swarmMirrors).where(thisMirror(ctx, swarmId));
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}

/** The swarm that a channel mirrors; null for a channel of nobody's. */
export async function mirrorOfChannel(ctx: TxCtx, channelId: string): Promise<MirrorRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(swarmMirrors)
    .where(and(eq(swarmMirrors.tenantId, ctx.tenantId), eq(swarmMirrors.channelId, channelId)));
  return row ?? null;
}

export async function changeMirror(
  ctx: TxCtx,
  swarmId: string,
  change: Partial<typeof swarmMirrors.$inferInsert>,
): Promise<void> {
  await ctx.tx
    .update(swarmMirrors)
    .set({ ...change, updatedAt: ctx.now() })
    .where(thisMirror(ctx, swarmId));
}

/** The first of those whom nobody has tried to bring into the channel. */
export async function nextToInvite(ctx: TxCtx, swarmId: string): Promise<{ userId: string } | null> {
  const [row] = await ctx.tx
    .select({ userId: swarmParticipants.userId })
    .from(swarmParticipants)
    .where(and(ofSwarm(ctx, swarmId), isNull(swarmParticipants.slackInvite)))
    .orderBy(asc(swarmParticipants.createdAt), asc(swarmParticipants.userId))
    .limit(1);
  return row ?? null;
}

/** What became of bringing one of them in, or all of them: null to try again. */
export async function noteInvite(
  ctx: TxCtx,
  of: { swarmId: string; userId?: string },
  slackInvite: (typeof swarmParticipants.$inferSelect)["slackInvite"],
): Promise<void> {
  const { swarmId, userId } = of;
  await ctx.tx
    .update(swarmParticipants)
    .set({ slackInvite })
    .where(and(ofSwarm(ctx, swarmId), userId ? eq(swarmParticipants.userId, userId) : undefined));
}

/** The oldest message that is not in the channel, of those since there is a mirror. */
export async function nextToPost(ctx: TxCtx, { swarmId, createdAt }: MirrorRow) {
  const [row] = await ctx.tx
    .select()
    .from(swarmMessages)
    .where(
      and(
        eq(swarmMessages.tenantId, ctx.tenantId),
        eq(swarmMessages.swarmId, swarmId),
        isNull(swarmMessages.slackTs),
        gte(swarmMessages.createdAt, createdAt),
      ),
    )
    .orderBy(asc(swarmMessages.id)) // ids are in the order of their making
    .limit(1);
  return row ?? null;
}

export async function changeMessage(
  ctx: TxCtx,
  messageId: string,
  change: Pick<
    Partial<typeof swarmMessages.$inferInsert>,
    "slackTs" | "slackTriedAt" | "text" | "editedAt" | "slackEditTs" | "deletedAt"
  >,
): Promise<void> {
  await ctx.tx
    .update(swarmMessages)
    .set(change)
    .where(and(eq(swarmMessages.tenantId, ctx.tenantId), eq(swarmMessages.id, messageId)));
}

/** The message of a swarm that Slack knows by this; null where it is not there. */
export async function messageOfSlack(
  ctx: TxCtx,
  swarmId: string,
  slackTs: string,
): Promise<SwarmMessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(swarmMessages)
    .where(
      and(
        eq(swarmMessages.tenantId, ctx.tenantId),
        eq(swarmMessages.swarmId, swarmId),
        eq(swarmMessages.slackTs, slackTs),
      ),
    );
  return row ?? null;
}

/** What Slack told first of what is not in the swarm yet. */
export async function nextToTakeIn(ctx: TxCtx, swarmId: string): Promise<SlackEventRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(slackEvents)
    .where(
      and(
        eq(slackEvents.tenantId, ctx.tenantId),
        eq(slackEvents.swarmId, swarmId),
        isNull(slackEvents.takenInAt),
      ),
    )
    .orderBy(asc(slackEvents.ts))
    .limit(1);
  return row ?? null;
}

/** Its words go: they are in the swarm now, or belong nowhere. */
export async function settleEvent(ctx: TxCtx, eventId: string): Promise<void> {
  await ctx.tx
    .update(slackEvents)
    .set({ text: null, takenInAt: ctx.now() })
    .where(and(eq(slackEvents.tenantId, ctx.tenantId), eq(slackEvents.eventId, eventId)));
}

/** What somebody of Slack's was last called in a swarm. */
export async function knownName(ctx: TxCtx, swarmId: string, slackUserId: string): Promise<string | null> {
  const [row] = await ctx.tx
    .select({ name: swarmMessages.authorName })
    .from(swarmMessages)
    .where(
      and(
        eq(swarmMessages.tenantId, ctx.tenantId),
        eq(swarmMessages.swarmId, swarmId),
        eq(swarmMessages.slackUserId, slackUserId),
      ),
    )
    .orderBy(desc(swarmMessages.id))
    .limit(1);
  return row?.name ?? null;
}

/** Forgets events that were taken in long ago: Slack repeats one for an hour or so. */
export async function forgetEvents(ctx: TxCtx, before: Date): Promise<void> {
  await ctx.tx
    .delete(slackEvents)
    .where(
      and(
        eq(slackEvents.tenantId, ctx.tenantId),
        isNotNull(slackEvents.takenInAt),
        lt(slackEvents.takenInAt, before),
      ),
    );
}

function thisMirror(ctx: TxCtx, swarmId: string) {
  return and(eq(swarmMirrors.tenantId, ctx.tenantId), eq(swarmMirrors.swarmId, swarmId));
}

function ofSwarm(ctx: TxCtx, swarmId: string) {
  return and(eq(swarmParticipants.tenantId, ctx.tenantId), eq(swarmParticipants.swarmId, swarmId));
}
