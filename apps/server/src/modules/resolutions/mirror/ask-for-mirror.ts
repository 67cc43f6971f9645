import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import { describeSwarmWhole } from "../service/read-swarms.ts";
import { findSwarm, type SwarmRow } from "../swarms.queries.ts";
import type { SwarmDetail } from "../swarms.schema.ts";
import { isSlackConnected } from "./connected.ts";
import { mirrorQueue } from "./mirror.jobs.ts";
import * as queries from "./mirror.queries.ts";
import { swarmMirrors } from "./mirror.tables.ts";

/** A new swarm is mirrored where Slack is connected. Nothing is asked of Slack here: that is a job's. */
export async function mirrorNewSwarm(ctx: TxCtx, swarm: SwarmRow): Promise<void> {
  if (await isSlackConnected(ctx)) await beginMirror(ctx, swarm);
}

/** Has what changed in a swarm reach its channel. What failed stands still, unless it failed by Slack's own trouble. */
export async function mirrorChange(ctx: TxCtx, swarm: SwarmRow): Promise<void> {
  const mirror = await queries.findMirror(ctx, swarm.id);
  if (!mirror) return;
  if (mirror.state === "failed") {
    if (mirror.reason !== "unreachable") return;
    await queries.changeMirror(ctx, swarm.id, afresh);
  }
  await enqueue(ctx, swarm.id);
}

/**
 * Mirrors a swarm that has no mirror, or tries again where it failed: in another channel, where the one that there was is
 * gone. All that was said meanwhile follows. Throws CONFLICT where there is nothing to ask for.
 */
export async function askForMirror(ctx: Ctx, { swarmId }: { swarmId: string }): Promise<SwarmDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const swarm = await findSwarm(ctx, swarmId, { lock: true });
    const mirror = await queries.findMirror(ctx, swarmId, { lock: true });
    if (!(await isSlackConnected(ctx))) {
      throw new AppError("CONFLICT", "No Slack is connected. Connect it in the settings, then try again.");
    }
    if (mirror && mirror.state !== "failed") {
      throw new AppError("CONFLICT", "This swarm is mirrored to Slack already.");
    }
    if (!mirror && swarm.status === "closed") {
      throw new AppError("CONFLICT", "This swarm is closed. Only one that is at work can be mirrored.");
    }
    if (!mirror) await beginMirror(ctx, swarm);
    else {
      await queries.changeMirror(ctx, swarmId, { ...afresh, ...(mirror.reason === "gone" ? noChannel : {}) });
      if (mirror.reason === "gone") await queries.noteInvite(ctx, { swarmId }, null);
      await enqueue(ctx, swarmId);
    }
    await recordAudit(ctx, {
      action: "swarm.mirror_asked",
      subjectType: "swarm",
      subjectId: swarmId,
      before: { state: mirror?.state ?? "none", reason: mirror?.reason ?? null },
      after: { state: "pending" },
    });
    await emit(ctx, swarmUpdated, { swarmId, resolutionId: swarm.resolutionId });
    return describeSwarmWhole(ctx, swarmId);
  });
}

const afresh = { state: "pending", reason: null, failure: null, attempts: 0 } as const;
const noChannel = {
  channelId: null,
  channelName: null,
  wantedName: null,
  wantedSince: null,
  hasTopic: false,
  archivedAt: null,
};

async function beginMirror(ctx: TxCtx, swarm: SwarmRow): Promise<void> {
  await ctx.tx.insert(swarmMirrors).values({
    tenantId: ctx.tenantId,
    swarmId: swarm.id,
    state: "pending",
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  });
  await enqueue(ctx, swarm.id);
}

function enqueue(ctx: TxCtx, swarmId: string): Promise<void> {
  return ctx.jobs.enqueue(mirrorQueue, { tenantId: ctx.tenantId, swarmId });
}
