import { and, asc, count, desc, eq, inArray, lt } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { namesOf } from "../identity/index.ts";
import { resolutions } from "./resolutions.tables.ts";
import type { Participant } from "./swarms.schema.ts";
import { swarmMessages, swarmParticipants, swarms } from "./swarms.tables.ts";

export type SwarmRow = typeof swarms.$inferSelect;
export type SwarmMessageRow = typeof swarmMessages.$inferSelect;

/** A swarm of the tenant; throws NOT_FOUND. Locked, it stays as it is until the transaction ends. */
export async function findSwarm(ctx: TxCtx, id: string, options: { lock?: boolean } = {}): Promise<SwarmRow> {
  const query = ctx.tx
    .select()
    .from(swarms)
    .where(and(eq(swarms.tenantId, ctx.tenantId), eq(swarms.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The swarm");
  return row;
}

/** The one at work on a resolution; where none is, the last that was. */
export async function latestSwarmOf(ctx: TxCtx, resolutionId: string): Promise<SwarmRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(swarms)
    .where(and(eq(swarms.tenantId, ctx.tenantId), eq(swarms.resolutionId, resolutionId)))
    .orderBy(asc(swarms.status), desc(swarms.createdAt), desc(swarms.id)) // "active" before "closed"
    .limit(1);
  return row ?? null;
}

/** A page, the newest first, each with its resolution. */
export async function searchSwarms(
  ctx: TxCtx,
  input: {
    status: SwarmRow["status"];
    resolutionId?: string | undefined;
    page: number;
    pageSize: number;
  },
) {
  const where = and(
    eq(swarms.tenantId, ctx.tenantId),
    eq(swarms.status, input.status),
    input.resolutionId ? eq(swarms.resolutionId, input.resolutionId) : undefined,
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(swarms).where(where);
  const rows = await selectDescribed(ctx)
    .where(where)
    .orderBy(desc(swarms.createdAt), desc(swarms.id))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function describeSwarm(ctx: TxCtx, id: string) {
  const [row] = await selectDescribed(ctx).where(and(eq(swarms.tenantId, ctx.tenantId), eq(swarms.id, id)));
  if (!row) throw notFound("The swarm");
  return row;
}
export type DescribedSwarm = Awaited<ReturnType<typeof describeSwarm>>;

function selectDescribed(ctx: TxCtx) {
  return ctx.tx
    .select({
      swarm: swarms,
      resolution: { id: resolutions.id, issueType: resolutions.issueType, status: resolutions.status },
    })
    .from(swarms)
    .innerJoin(
      resolutions,
      and(eq(resolutions.tenantId, swarms.tenantId), eq(resolutions.id, swarms.resolutionId)),
    )
    .$dynamic();
}

/** Who is in a swarm, whoever leads it first. */
export async function participantsOf(ctx: TxCtx, swarmId: string): Promise<Participant[]> {
  return (await participantsOfAll(ctx, [swarmId])).get(swarmId) ?? [];
}

export async function participantsOfAll(ctx: TxCtx, swarmIds: string[]): Promise<Map<string, Participant[]>> {
  const found = new Map<string, Participant[]>(swarmIds.map((id) => [id, []]));
  if (swarmIds.length === 0) return found;
  const rows = await ctx.tx
    .select()
    .from(swarmParticipants)
    .where(and(eq(swarmParticipants.tenantId, ctx.tenantId), inArray(swarmParticipants.swarmId, swarmIds)))
    .orderBy(asc(swarmParticipants.role), asc(swarmParticipants.createdAt), asc(swarmParticipants.userId));
  const names = await namesOf(
    ctx,
    rows.map((row) => row.userId),
  );
  for (const { swarmId, userId, role } of rows) {
    found.get(swarmId)?.push({ id: userId, name: names.get(userId) ?? "A former colleague", role });
  }
  return found;
}

/** The latest messages before one of the swarm's (its id), or the latest of all; the oldest of them first. */
export async function pageOfSwarmMessages(
  ctx: TxCtx,
  { swarmId, before, limit }: { swarmId: string; before?: string | undefined; limit: number },
): Promise<{ rows: SwarmMessageRow[]; hasOlder: boolean }> {
  const ofSwarm = and(eq(swarmMessages.tenantId, ctx.tenantId), eq(swarmMessages.swarmId, swarmId));
  if (before) {
    const [known] = await ctx.tx
      .select({ id: swarmMessages.id })
      .from(swarmMessages)
      .where(and(ofSwarm, eq(swarmMessages.id, before)));
    if (!known) throw notFound("The message");
  }
  const rows = await ctx.tx
    .select()
    .from(swarmMessages)
    .where(
      and(
        ofSwarm,
        before ? lt(swarmMessages.id, before) : undefined, // ids are in the order of their making
      ),
    )
    .orderBy(desc(swarmMessages.id))
    .limit(limit + 1);
  return { rows: rows.slice(0, limit).reverse(), hasOlder: rows.length > limit };
}

export async function swarmMessageByClientId(
  ctx: TxCtx,
  swarmId: string,
  clientId: string,
): Promise<SwarmMessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(swarmMessages)
    .where(
      and(
        eq(swarmMessages.tenantId, ctx.tenantId),
        eq(swarmMessages.swarmId, swarmId),
        eq(swarmMessages.clientId, clientId),
      ),
    );
  return row ?? null;
}

/** Puts somebody into a swarm; whoever is in it stays, in the role that is named here. */
export async function putParticipant(
  ctx: TxCtx,
  swarmId: string,
  userId: string,
  role: Participant["role"],
): Promise<void> {
  await ctx.tx
    .insert(swarmParticipants)
    .values({ tenantId: ctx.tenantId, swarmId, userId, role, createdAt: ctx.now() })
    .onConflictDoUpdate({
      target: [swarmParticipants.tenantId, swarmParticipants.swarmId, swarmParticipants.userId],
      set: { role },
    });
}
