import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, namesOf } from "../../identity/index.ts";
import { isSlackConnected } from "../mirror/connected.ts";
import { mirrorOf } from "../mirror/describe-mirror.ts";
import { mirrorsOf } from "../mirror/mirror.queries.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import * as queries from "../swarms.queries.ts";
import type { Swarm, SwarmDetail, SwarmMessage } from "../swarms.schema.ts";

const messagesShown = 100;

/** A page of the tenant's swarms, the newest first: those at work, unless closed ones are asked for. */
export async function listSwarms(
  ctx: Ctx,
  input: Parameters<typeof queries.searchSwarms>[1],
): Promise<{ items: Swarm[]; total: number }> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.searchSwarms(ctx, input);
    return { items: await describe(ctx, rows), total };
  });
}

export async function getSwarm(ctx: Ctx, { swarmId }: { swarmId: string }): Promise<SwarmDetail> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, (ctx) => describeSwarmWhole(ctx, swarmId));
}

/** Earlier messages of a swarm: those before `before`, the oldest of them first. */
export async function readSwarmMessages(
  ctx: Ctx,
  input: { swarmId: string; before?: string | undefined; limit: number },
): Promise<{ messages: SwarmMessage[]; hasOlder: boolean }> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, async (ctx) => {
    await queries.findSwarm(ctx, input.swarmId);
    const { rows, hasOlder } = await queries.pageOfSwarmMessages(ctx, input);
    return { messages: rows.map(toSwarmMessage), hasOlder };
  });
}

/** That something changed in a swarm, live, until the signal aborts. */
export async function* watchSwarm(ctx: Ctx, { swarmId, signal }: { swarmId: string; signal: AbortSignal }) {
  assertCan(ctx.actor, "read resolutions");
  await inTx(ctx, (ctx) => queries.findSwarm(ctx, swarmId));
  const isOfIt = (notice: { swarmId: string }) => notice.swarmId === swarmId;
  yield* notices(ctx.events, ctx.tenantId, swarmUpdated, signal, isOfIt);
}

/** A swarm with its latest messages; the caller has checked the right. */
export async function describeSwarmWhole(ctx: TxCtx, swarmId: string): Promise<SwarmDetail> {
  const [swarm] = await describe(ctx, [await queries.describeSwarm(ctx, swarmId)]);
  const { rows, hasOlder } = await queries.pageOfSwarmMessages(ctx, { swarmId, limit: messagesShown });
  if (!swarm) throw new Error("A row is described by one record."); // cannot be: one row in, one out
  return { ...swarm, canMirror: await canMirror(ctx, swarm), messages: rows.map(toSwarmMessage), hasOlder };
}

async function canMirror(ctx: TxCtx, { status, mirror }: Swarm): Promise<boolean> {
  const wouldDo = mirror.state === "failed" || (mirror.state === "none" && status === "active");
  return wouldDo && (await isSlackConnected(ctx));
}

export function toSwarmMessage(row: queries.SwarmMessageRow): SwarmMessage {
  const { id, authorId, authorName, text, slackUserId, editedAt, deletedAt, createdAt } = row;
  const source = slackUserId === null ? "parlance" : "slack";
  return { id, authorId, authorName, text, source, editedAt, deletedAt, createdAt };
}

async function describe(ctx: TxCtx, rows: queries.DescribedSwarm[]): Promise<Swarm[]> {
  const ids = rows.map(({ swarm }) => swarm.id);
  const people = await queries.participantsOfAll(ctx, ids);
  const mirrors = await mirrorsOf(ctx, ids);
  const names = await namesOf(
    ctx,
    rows.map(({ swarm }) => swarm.leadId),
  );
  return rows.map(({ swarm, resolution }) => ({
    id: swarm.id,
    name: swarm.name,
    status: swarm.status,
    ...mirrorOf(mirrors.get(swarm.id)),
    resolution,
    lead: { id: swarm.leadId, name: names.get(swarm.leadId) ?? "A former colleague" },
    participants: people.get(swarm.id) ?? [],
    createdAt: swarm.createdAt,
    closedAt: swarm.closedAt,
  }));
}
