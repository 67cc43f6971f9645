import { and, eq, isNull, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit, notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { tryAnswer } from "../../answers/index.ts";
import { runChanged } from "../evaluations.events.ts";
import { evaluationQueue } from "../evaluations.jobs.ts";
import * as queries from "../evaluations.queries.ts";
import { evaluationResults, evaluationRuns } from "../evaluations.tables.ts";
import { type Judged, scoreAnswer } from "../scoring/score-answer.ts";
import { endRun } from "./end-run.ts";
import { GoldPlaces } from "./gold-places.ts";

/** Questions that are asked side by side: a model that is far away is waited for, the built-in one would only share its time. */
const width = { builtin: 1, model: 4 };
/** Milliseconds after which a job makes room for others and goes on as another one. */
const turn = 60_000;

/**
 * Asks the questions of a run that were not asked yet. It may be broken off anywhere and run again, or twice at once:
 * each question is answered once. One whose answer fails is kept as failed, and the run goes on; the run ends when
 * nothing is left, when it is cancelled, and when its bot was deleted, which takes the run along.
 */
export async function runEvaluation(
  ctx: Ctx,
  { runId }: { runId: string },
  { lastTry, signal }: { lastTry: boolean; signal?: AbortSignal },
): Promise<void> {
  try {
    await askAll(ctx, runId, signal ?? new AbortController().signal);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return; // it was deleted
    if (lastTry && !signal?.aborted) await endRun(ctx, { runId, status: "failed", failure: unknown });
    throw error;
  }
}

const unknown = "Something failed on our side several times and was logged. Start the run again.";

async function askAll(ctx: Ctx, runId: string, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const run = await begin(ctx, runId);
  const gold = new GoldPlaces();
  let perRound = width.builtin; // until an answer says who wrote it
  const ended = watchForEnd(ctx, runId);
  const either = AbortSignal.any([signal, ended.signal]);
  try {
    for (;;) {
      signal.throwIfAborted();
      const round = await inTx(ctx, async (ctx) => {
        const { status } = await queries.findRun(ctx, runId);
        return status === "running" ? queries.pendingResults(ctx, runId, perRound) : null;
      });
      if (!round) return; // cancelled, or another job has ended it
      if (round.length === 0) {
        await endRun(ctx, { runId, status: "completed", failure: null });
        return;
      }
      const models = await Promise.all(round.map((result) => askOne(ctx, run, result, gold, either)));
      if (models.some((model) => model !== null && !model.startsWith("builtin:"))) perRound = width.model;
      if (performance.now() - began > turn) {
        await inTx(ctx, (ctx) => ctx.jobs.enqueue(evaluationQueue, { tenantId: ctx.tenantId, runId }));
        return;
      }
    }
  } catch (error) {
    if (!ended.signal.aborted || signal.aborted) throw error;
  } finally {
    ended.stop();
  }
}

/** Aborts `signal` as soon as the run is at work no more: a model that is far away need not finish its words. */
function watchForEnd(ctx: Ctx, runId: string) {
  const ended = new AbortController();
  const stop = new AbortController();
  const watch = async () => {
    for await (const change of notices(ctx.events, ctx.tenantId, runChanged, stop.signal)) {
      if (change.runId !== runId) continue;
      const { status } = await inTx(ctx, (ctx) => queries.findRun(ctx, runId));
      if (status !== "running") ended.abort(new Error("The run has ended."));
    }
  };
  // one that goes unheard ends the run a little later: before each round its status is read
  watch().catch((error: unknown) => ctx.log.info({ error, runId }, "a run's end may be noticed late"));
  return { signal: ended.signal, stop: () => stop.abort() };
}

async function begin(ctx: Ctx, runId: string): Promise<queries.RunRow> {
  return inTx(ctx, async (ctx) => {
    const run = await queries.findRun(ctx, runId, { lock: true });
    if (run.status !== "queued") return run;
    const started = { status: "running", startedAt: ctx.now() } as const;
    await ctx.tx.update(evaluationRuns).set(started).where(queries.thisRun(ctx, runId));
    await emit(ctx, runChanged, { runId, botId: run.botId });
    return { ...run, ...started };
  });
}

/** Gives the name of the model that answered; null where none did. */
async function askOne(
  ctx: Ctx,
  run: queries.RunRow,
  { itemId, content }: queries.ResultRow,
  gold: GoldPlaces,
  signal: AbortSignal,
): Promise<string | null> {
  const { modelProvider, model, topK, unsupportedClaims, withholdBelow } = run.settings;
  try {
    const {
      text,
      state: _state,
      latencyMs,
      cost,
      ...rest
    } = await tryAnswer(ctx, {
      botId: run.botId,
      question: content.question,
      history: content.history,
      draft: {
        prompt: run.prompt,
        ...(modelProvider === null ? {} : { modelProvider }),
        model: model ?? undefined,
        topK: topK ?? undefined,
        unsupportedClaims: unsupportedClaims ?? undefined,
        withholdBelow: withholdBelow ?? undefined,
      },
      signal,
    });
    const place = await gold.find(ctx, content);
    const judged = scoreAnswer(content, { text, ...rest }, place);
    const { intent, verdict, mode, confidence, fallbackReason, claims, citations, trace } = rest;
    const { inputTokens, outputTokens } = rest;
    const answer = {
      text,
      intent,
      verdict,
      mode,
      confidence,
      model: rest.model,
      fallbackReason,
      claims,
      citations,
      inputTokens,
      outputTokens,
      trace,
      failure: null,
    };
    await keep(ctx, run, itemId, { ...judged, answer, latencyMs, cost });
    return rest.model;
  } catch (error) {
    signal.throwIfAborted();
    if (isAppError(error) && error.code === "NOT_FOUND") throw error;
    ctx.log.error({ error, runId: run.id, itemId }, "a question of an evaluation failed");
    const judged: Judged = { passed: false, reason: "failed", scores: noScores };
    await keep(ctx, run, itemId, { ...judged, answer: null, latencyMs: null, cost: null });
    return null;
  }
}

const noScores = {
  hit: null,
  rank: null,
  reciprocalRank: null,
  ndcg: null,
  faithfulness: null,
  contained: null,
  tokenF1: null,
};

/** The first who answers a question answers it: of two at once one is counted. What comes after the end is not. */
async function keep(
  ctx: Ctx,
  { id: runId, botId }: queries.RunRow,
  itemId: string,
  result: Judged & Pick<queries.ResultRow, "answer" | "latencyMs" | "cost">,
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const { status } = await queries.findRun(ctx, runId, { lock: true });
    if (status !== "running") return;
    const kept = await ctx.tx
      .update(evaluationResults)
      .set({ ...result, answeredAt: ctx.now() })
      .where(
        and(
          queries.ofRun(ctx, runId),
          eq(evaluationResults.itemId, itemId),
          isNull(evaluationResults.passed),
        ),
      )
      .returning({ id: evaluationResults.itemId });
    if (kept.length === 0) return;
    await ctx.tx
      .update(evaluationRuns)
      .set({
        done: sql`${evaluationRuns.done} + 1`,
        passed: sql`${evaluationRuns.passed} + ${result.passed ? 1 : 0}`,
        cost: sql`${evaluationRuns.cost} + ${result.cost ?? 0}`,
      })
      .where(queries.thisRun(ctx, runId));
    await emit(ctx, runChanged, { runId, botId });
  });
}
