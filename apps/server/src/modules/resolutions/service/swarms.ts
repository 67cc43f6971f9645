import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { mirrorChange, mirrorNewSwarm } from "../mirror/ask-for-mirror.ts";
import { isUnfinished } from "../resolution-state.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import { findResolution, type ResolutionRow } from "../resolutions.queries.ts";
import * as queries from "../swarms.queries.ts";
import type { CreateSwarm, Participant, SwarmDetail, SwarmMessage } from "../swarms.schema.ts";
import { swarmMessages, swarms } from "../swarms.tables.ts";
import { authorOf } from "./author.ts";
import { findColleague } from "./change-resolution.ts";
import { describeSwarmWhole, toSwarmMessage } from "./read-swarms.ts";

type OfSwarm = { swarmId: string };

/** Calls colleagues together over a resolution. One swarm at a time works on it. */
export async function createSwarm(ctx: Ctx, { resolutionId, ...input }: CreateSwarm): Promise<SwarmDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    // locked: of two who call one together at once, the second sees the first's
    const resolution = await findResolution(ctx, resolutionId, { lock: true });
    return describeSwarmWhole(ctx, (await openSwarm(ctx, resolution, input)).id);
  });
}

/** The same, for whoever holds the resolution's lock. */
export async function openSwarm(
  ctx: TxCtx,
  resolution: ResolutionRow,
  input: Omit<CreateSwarm, "resolutionId">,
): Promise<queries.SwarmRow> {
  if (!isUnfinished(resolution.status)) {
    throw new AppError("CONFLICT", `This resolution is ${resolution.status}: there is nothing to work on.`);
  }
  const known = await queries.latestSwarmOf(ctx, resolution.id);
  if (known?.status === "active") {
    throw new AppError("CONFLICT", "A swarm works on this resolution already. Join that one.", {
      details: { swarmId: known.id },
    });
  }
  const leadId = input.leadId ?? (ctx.actor.kind === "user" ? ctx.actor.userId : resolution.ownerId);
  if (!leadId) throw new AppError("VALIDATION_ERROR", "A swarm needs somebody who leads it: name leadId.");
  const people = [...new Set([leadId, ...(input.initialParticipants ?? [])])];
  for (const userId of people) await findColleague(ctx, userId);
  const [row] = await ctx.tx
    .insert(swarms)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      resolutionId: resolution.id,
      leadId,
      name: nameOf(ctx, input.channelPrefix ?? "incident", resolution.issueType),
      status: "active",
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The swarm was not written.");
  for (const userId of people) {
    await queries.putParticipant(ctx, row.id, userId, userId === leadId ? "lead" : "member");
  }
  await audit(ctx, "swarm.created", row, { after: { resolutionId: resolution.id, leadId, people } });
  await mirrorNewSwarm(ctx, row);
  await tellOf(ctx, row);
  return row;
}

/** Says something in a swarm; whoever does so is in it from then on. */
export async function sendSwarmMessage(
  ctx: Ctx,
  input: OfSwarm & { content: string; clientId?: string | undefined },
): Promise<SwarmMessage> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const swarm = await queries.findSwarm(ctx, input.swarmId, { lock: true });
    const known = input.clientId ? await queries.swarmMessageByClientId(ctx, swarm.id, input.clientId) : null;
    if (known) return toSwarmMessage(known);
    assertActive(swarm);
    const author = authorOf(ctx.actor);
    if (author.authorId) await joinIfNew(ctx, swarm, author.authorId);
    const [row] = await ctx.tx
      .insert(swarmMessages)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        swarmId: swarm.id,
        ...author,
        text: input.content,
        clientId: input.clientId ?? null,
        createdAt: ctx.now(),
      })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The message was not written.");
    await audit(ctx, "swarm.message_sent", swarm, { after: { messageId: row.id } });
    await mirrorChange(ctx, swarm);
    await tellOf(ctx, swarm);
    return toSwarmMessage(row);
  });
}

/** Brings a colleague in. Of one who is in it the role changes; whoever led it before then is a member. */
export async function addSwarmParticipant(
  ctx: Ctx,
  input: OfSwarm & { userId: string; role: Participant["role"] },
): Promise<SwarmDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const swarm = await queries.findSwarm(ctx, input.swarmId, { lock: true });
    assertActive(swarm);
    await findColleague(ctx, input.userId);
    if (input.role === "member" && input.userId === swarm.leadId) {
      throw new AppError("CONFLICT", "They lead this swarm. Name another lead instead.");
    }
    await queries.putParticipant(ctx, swarm.id, input.userId, input.role);
    if (input.role === "lead" && input.userId !== swarm.leadId) {
      await queries.putParticipant(ctx, swarm.id, swarm.leadId, "member");
      await change(ctx, swarm, { leadId: input.userId });
    }
    await audit(ctx, "swarm.participant_added", swarm, {
      before: { leadId: swarm.leadId },
      after: { userId: input.userId, role: input.role },
    });
    await mirrorChange(ctx, swarm);
    await tellOf(ctx, swarm);
    return describeSwarmWhole(ctx, swarm.id);
  });
}

/** Ends the talk; all of it stays to be read. */
export async function closeSwarm(ctx: Ctx, { swarmId }: OfSwarm): Promise<SwarmDetail> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const swarm = await queries.findSwarm(ctx, swarmId, { lock: true });
    if (swarm.status === "closed") {
      throw new AppError(
        "ILLEGAL_TRANSITION",
        "A swarm that is closed cannot become closed. It stays that way.",
        {
          details: { from: "closed", to: "closed", allowed: [] },
        },
      );
    }
    await end(ctx, swarm);
    return describeSwarmWhole(ctx, swarmId);
  });
}

/** A closed resolution needs no swarm any more. The caller holds the resolution's lock. */
export async function closeSwarmsOf(ctx: TxCtx, resolution: ResolutionRow): Promise<void> {
  const swarm = await queries.latestSwarmOf(ctx, resolution.id);
  if (swarm?.status === "active") await end(ctx, await queries.findSwarm(ctx, swarm.id, { lock: true }));
}

async function end(ctx: TxCtx, swarm: queries.SwarmRow): Promise<void> {
  if (swarm.status === "closed") return;
  await change(ctx, swarm, { status: "closed", closedAt: ctx.now() });
  await audit(ctx, "swarm.closed", swarm, { before: { status: swarm.status }, after: { status: "closed" } });
  await mirrorChange(ctx, swarm);
  await tellOf(ctx, swarm);
}

async function joinIfNew(ctx: TxCtx, swarm: queries.SwarmRow, userId: string): Promise<void> {
  const people = await queries.participantsOf(ctx, swarm.id);
  if (people.some(({ id }) => id === userId)) return;
  await queries.putParticipant(ctx, swarm.id, userId, "member");
}

function assertActive(swarm: queries.SwarmRow): void {
  if (swarm.status === "active") return;
  throw new AppError("CONFLICT", "This swarm is closed. Call a new one together.");
}

async function change(
  ctx: TxCtx,
  swarm: queries.SwarmRow,
  what: Partial<Pick<queries.SwarmRow, "leadId" | "status" | "closedAt">>,
): Promise<void> {
  await ctx.tx
    .update(swarms)
    .set({ ...what, updatedAt: ctx.now() })
    .where(and(eq(swarms.tenantId, ctx.tenantId), eq(swarms.id, swarm.id)));
}

/** As channels are called: `incident-20260115-technical`. */
function nameOf(ctx: TxCtx, prefix: string, issueType: string): string {
  const day = ctx.now().toISOString().slice(0, 10).replaceAll("-", "");
  const about = issueType
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return [prefix, day, about].filter((part) => part !== "").join("-");
}

async function tellOf(ctx: TxCtx, swarm: queries.SwarmRow): Promise<void> {
  await emit(ctx, swarmUpdated, { swarmId: swarm.id, resolutionId: swarm.resolutionId });
}

function audit(
  ctx: TxCtx,
  action: string,
  swarm: queries.SwarmRow,
  what: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "swarm", subjectId: swarm.id, ...what });
}
