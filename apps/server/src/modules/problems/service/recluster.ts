import { setImmediate } from "node:timers/promises";
import { and, count, desc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit, notices } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { groupQuestions } from "../clustering/group-questions.ts";
import { clusteringChanged } from "../problems.events.ts";
import { reclusterQueue } from "../problems.jobs.ts";
import type { Clustering } from "../problems.schema.ts";
import { problemClusterings, problems } from "../problems.tables.ts";
import { collectPast } from "./collect-past.ts";
import { giveVectors } from "./give-vectors.ts";
import { applyGroups, readForGrouping } from "./regroup.ts";

type ClusteringRow = typeof problemClusterings.$inferSelect;

/** Milliseconds without a sign of life after which a run is taken for dead, and another may begin. */
const longestSilence = 20 * 60_000;

/**
 * Begins putting a bot's questions together anew. One run at a time: where one is under way it is the answer. What a
 * person merged, split or settled stays as they left it.
 */
export async function recluster(ctx: Ctx, { botId }: { botId: string }): Promise<Clustering> {
  assertCan(ctx.actor, "manage problems");
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, botId, { lock: true });
    const latest = await latestClustering(ctx, botId);
    const isUnderWay = latest?.status === "waiting" || latest?.status === "running";
    if (latest && isUnderWay && ctx.now().getTime() - latest.updatedAt.getTime() < longestSilence) {
      return toClustering(latest);
    }
    const [row] = await ctx.tx
      .insert(problemClusterings)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        botId,
        status: "waiting",
        requestedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error("The clustering was not written.");
    await ctx.jobs.enqueue(reclusterQueue, { tenantId: ctx.tenantId, clusteringId: row.id });
    await recordAudit(ctx, { action: "problems.reclustered", subjectType: "bot", subjectId: botId });
    await emit(ctx, clusteringChanged, { clusteringId: row.id, botId });
    return toClustering(row);
  });
}

/** The latest run of a bot; null where there was none. */
export async function getClustering(ctx: Ctx, { botId }: { botId: string }): Promise<Clustering | null> {
  assertCan(ctx.actor, "read problems");
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, botId);
    const row = await latestClustering(ctx, botId);
    return row ? toClustering(row) : null;
  });
}

/** Each step of a bot's runs, live, until `signal` aborts. */
export async function* watchClustering(
  ctx: Ctx,
  { botId, signal }: { botId: string; signal: AbortSignal },
): AsyncGenerator<Clustering> {
  assertCan(ctx.actor, "read problems");
  await inTx(ctx, (ctx) => findBot(ctx, botId));
  for await (const change of notices(ctx.events, ctx.tenantId, clusteringChanged, signal)) {
    if (change.botId !== botId) continue;
    const clustering = await getClustering(ctx, { botId });
    if (clustering) yield clustering;
  }
}

/** The job: it may begin again from the start, which comes to the same. `lastTry` tells the owner that it failed. */
export async function runClustering(
  ctx: Ctx,
  { clusteringId, lastTry }: { clusteringId: string; lastTry: boolean },
): Promise<void> {
  const run = await inTx(ctx, (ctx) => findClustering(ctx, clusteringId));
  if (!run || run.status === "done" || run.status === "failed") return;
  const { botId } = run;
  const note = (change: Partial<ClusteringRow>) =>
    inTx(ctx, async (ctx) => {
      await ctx.tx
        .update(problemClusterings)
        .set({ ...change, updatedAt: ctx.now() })
        .where(and(eq(problemClusterings.tenantId, ctx.tenantId), eq(problemClusterings.id, clusteringId)));
      await emit(ctx, clusteringChanged, { clusteringId, botId });
    });
  try {
    await note({ status: "running" });
    await collectPast(ctx, botId);
    await giveVectors(ctx, botId);
    const problemsBefore = await inTx(ctx, (ctx) => countProblems(ctx, botId));
    const read = await inTx(ctx, (ctx) => readForGrouping(ctx, botId));
    await note({ total: read.length, done: 0, problemsBefore });
    const step = Math.max(10, Math.ceil(read.length / 20));
    const groups = await groupQuestions(read, async (done) => {
      if (done % step < 10) await note({ done });
      else await setImmediate();
    });
    await inTx(ctx, (ctx) => applyGroups(ctx, { botId, read, groups }));
    const problemsAfter = await inTx(ctx, (ctx) => countProblems(ctx, botId));
    await note({ status: "done", done: read.length, problemsAfter });
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return; // its bot is gone, and it with that
    if (lastTry) await note({ status: "failed", failure: "It was broken off by a fault. Start it again." });
    throw error;
  }
}

async function countProblems(ctx: TxCtx, botId: string): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(problems)
    .where(
      and(
        eq(problems.tenantId, ctx.tenantId),
        eq(problems.botId, botId),
        inArray(problems.status, ["open", "in_progress"]),
      ),
    );
  return row?.n ?? 0;
}

async function findClustering(ctx: TxCtx, id: string): Promise<ClusteringRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(problemClusterings)
    .where(and(eq(problemClusterings.tenantId, ctx.tenantId), eq(problemClusterings.id, id)));
  return row ?? null;
}

async function latestClustering(ctx: TxCtx, botId: string): Promise<ClusteringRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(problemClusterings)
    .where(and(eq(problemClusterings.tenantId, ctx.tenantId), eq(problemClusterings.botId, botId)))
    .orderBy(desc(problemClusterings.createdAt), desc(problemClusterings.id))
    .limit(1);
  return row ?? null;
}

function toClustering({ tenantId: _tenant, requestedBy: _by, ...clustering }: ClusteringRow): Clustering {
  return clustering;
}
