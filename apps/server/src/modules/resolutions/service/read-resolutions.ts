import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findConversation, reachableOver } from "../../conversations/index.ts";
import { assertCan, namesOf } from "../../identity/index.ts";
import { mirrorOf } from "../mirror/describe-mirror.ts";
import { findMirror } from "../mirror/mirror.queries.ts";
import { mayBecome, type ResolutionStatus, resolutionStatuses } from "../resolution-state.ts";
import { resolutionUpdated } from "../resolutions.events.ts";
import * as queries from "../resolutions.queries.ts";
import type {
  CustomerUpdate,
  Resolution,
  ResolutionDetail,
  ResolutionUpdate,
} from "../resolutions.schema.ts";
import type { resolutionUpdates } from "../resolutions.tables.ts";
import { latestSwarmOf, participantsOf } from "../swarms.queries.ts";

const millisecondsPerHour = 3_600_000;
const gone = "A former colleague";

/** A page of the tenant's resolutions, the newest first. */
export async function listResolutions(
  ctx: Ctx,
  input: queries.ResolutionFilter & { page: number; pageSize: number },
): Promise<{ items: Resolution[]; total: number }> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.searchResolutions(ctx, input);
    return { items: await describe(ctx, rows), total };
  });
}

/** How many there are in each state. */
export async function countResolutions(
  ctx: Ctx,
  filter: queries.ResolutionFilter,
): Promise<Record<ResolutionStatus, number>> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, async (ctx) => {
    const counts = await queries.countByStatus(ctx, filter);
    const entries = resolutionStatuses.map((status) => [status, counts.get(status) ?? 0]);
    return Object.fromEntries(entries) as Record<ResolutionStatus, number>; // an entry for each status
  });
}

export async function getResolution(
  ctx: Ctx,
  { resolutionId }: { resolutionId: string },
): Promise<ResolutionDetail> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, (ctx) => describeWhole(ctx, resolutionId));
}

/** The latest resolution of a conversation, or null; NOT_FOUND where the conversation is. */
export async function resolutionOf(
  ctx: Ctx,
  { conversationId }: { conversationId: string },
): Promise<Resolution | null> {
  assertCan(ctx.actor, "read resolutions");
  return inTx(ctx, async (ctx) => {
    const conversation = await findConversation(ctx, conversationId);
    const latest = await queries.latestOfConversation(ctx, conversation.id);
    if (!latest) return null;
    const [described] = await describe(ctx, [await queries.describeResolution(ctx, latest.id)]);
    return described ?? null;
  });
}

/** Which resolutions change, live, until the signal aborts. */
export async function* watchResolutions(ctx: Ctx, signal: AbortSignal) {
  assertCan(ctx.actor, "read resolutions");
  for await (const { resolutionId, conversationId } of notices(
    ctx.events,
    ctx.tenantId,
    resolutionUpdated,
    signal,
  )) {
    yield { resolutionId, conversationId };
  }
}

/** A resolution with all that belongs to it; the caller has checked the right. */
export async function describeWhole(ctx: TxCtx, resolutionId: string): Promise<ResolutionDetail> {
  const row = await queries.describeResolution(ctx, resolutionId);
  const [resolution] = await describe(ctx, [row]);
  const { updates, etas, told } = await queries.historyOf(ctx, resolutionId);
  const swarm = await latestSwarmOf(ctx, resolutionId);
  if (!resolution) throw new Error("A row is described by one record."); // cannot be: one row in, one out
  return {
    ...resolution,
    swarm: swarm && {
      id: swarm.id,
      name: swarm.name,
      status: swarm.status,
      slackChannelName: mirrorOf((await findMirror(ctx, swarm.id)) ?? undefined).slackChannelName,
      participants: await participantsOf(ctx, swarm.id),
    },
    updates: updates.map(toUpdate),
    etas: etas.map(({ id, eta, windowHours, reason, authorName, createdAt }) => ({
      id,
      expectedResolutionAt: eta,
      windowHours,
      reason,
      authorName,
      createdAt,
    })),
    customerUpdates: told.map(toCustomerUpdate),
    reachableOver: reachableOver(row.conversation),
  };
}

export function toUpdate(row: typeof resolutionUpdates.$inferSelect): ResolutionUpdate {
  const { id, type, visibility, content, authorName, createdAt } = row;
  return { id, updateType: type, visibility, content, authorName, createdAt };
}

export function toCustomerUpdate({ told, delivery }: queries.ToldRow): CustomerUpdate {
  return {
    id: told.id,
    updateType: told.template,
    content: told.content,
    channel: told.channel,
    messageId: told.messageId,
    status: delivery ?? "deleted",
    authorName: told.authorName,
    sentAt: told.createdAt,
  };
}

async function describe(ctx: TxCtx, rows: queries.DescribedRow[]): Promise<Resolution[]> {
  const names = await namesOf(
    ctx,
    rows.map((row) => row.resolution.ownerId),
  );
  return rows.map(({ resolution: row, conversation, customerName }) => ({
    id: row.id,
    conversation: {
      id: conversation.id,
      subject: conversation.subject,
      status: conversation.status,
      channel: conversation.channel,
      customerName,
    },
    issueType: row.issueType,
    owningTeam: row.owningTeam,
    owner: row.ownerId ? { id: row.ownerId, name: names.get(row.ownerId) ?? gone } : null,
    status: row.status,
    allowed: [...mayBecome(row.status)],
    priority: row.priority,
    eta: row.eta && {
      expectedResolutionAt: row.eta,
      windowHours: row.etaWindowHours,
      lastUpdatedAt: row.etaUpdatedAt ?? row.updatedAt,
    },
    sla: {
      startedAt: row.slaStartedAt,
      elapsedHours: hoursBetween(row.slaStartedAt, row.resolvedAt ?? ctx.now()),
      breached: conversation.slaBreached,
    },
    rootCause: row.rootCause,
    rootCauseCategory: row.rootCauseCategory,
    fixDescription: row.fixDescription,
    affectedSystems: row.affectedSystems,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    resolvedAt: row.resolvedAt,
  }));
}

/** To a hundredth; never less than none, should a clock have jumped. */
function hoursBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round(((to.getTime() - from.getTime()) / millisecondsPerHour) * 100) / 100);
}
