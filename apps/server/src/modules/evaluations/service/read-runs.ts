import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import { runChanged } from "../evaluations.events.ts";
import * as queries from "../evaluations.queries.ts";
import type { EvaluationRunDetail } from "../evaluations.schema.ts";
import { assertOwnBot } from "./own-bot.ts";
import { summaryOf } from "./summary-of.ts";

/** A bot's runs over its cases, the newest first. */
export async function listRuns(ctx: Ctx, input: { botId: string; page: number; pageSize: number }) {
  assertCan(ctx.actor, "read evaluations");
  assertOwnBot(ctx, input.botId);
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, input.botId);
    const { rows, total } = await queries.pageOfRuns(ctx, input);
    return { items: rows.map(queries.toRun), total };
  });
}

/** A run with its figures: of one that is at work, over what was answered so far. */
export async function getRun(ctx: Ctx, input: { runId: string }): Promise<EvaluationRunDetail> {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    const run = await queries.findRun(ctx, input.runId);
    assertOwnBot(ctx, run.botId);
    const summary = run.summary ?? summaryOf(await queries.answeredResults(ctx, run.id));
    return { ...queries.toRun(run), prompt: run.prompt, summary };
  });
}

/** A run's questions in their order, with what was answered; without the traces. */
export async function listResults(
  ctx: Ctx,
  input: { runId: string; page: number; pageSize: number; passed?: boolean | undefined },
) {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    assertOwnBot(ctx, (await queries.findRun(ctx, input.runId)).botId);
    const { rows, total } = await queries.pageOfResults(ctx, input);
    return { items: rows.map(queries.toResult), total };
  });
}

/** One question with the whole trace of its answer. */
export async function getResult(ctx: Ctx, input: { runId: string; itemId: string }) {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    assertOwnBot(ctx, (await queries.findRun(ctx, input.runId)).botId);
    return queries.toResult(await queries.findResult(ctx, input.runId, input.itemId));
  });
}

/** The run after each change, until it has ended or `signal` aborts. Begins with how it stands. */
export async function* watchRun(
  ctx: Ctx,
  input: { runId: string; signal: AbortSignal },
): AsyncGenerator<EvaluationRunDetail> {
  assertCan(ctx.actor, "read evaluations");
  const stop = new AbortController();
  const signal = AbortSignal.any([input.signal, stop.signal]);
  const changes = notices(ctx.events, ctx.tenantId, runChanged, signal); // before the first look: none is missed
  try {
    let run = await getRun(ctx, input);
    yield run;
    if (run.finishedAt) return;
    for await (const { runId } of changes) {
      if (runId !== input.runId) continue;
      run = await getRun(ctx, input);
      yield run;
      if (run.finishedAt) return;
    }
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND" && !input.signal.aborted) throw error;
    if (!input.signal.aborted) throw error;
  } finally {
    stop.abort();
  }
}
