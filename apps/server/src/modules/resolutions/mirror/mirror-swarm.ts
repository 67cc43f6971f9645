import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { type Ctx, SlackProblem, type TxCtx } from "../../../ports/index.ts";
import { connectionOf, reportConnection, slack } from "../../communication/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import { findSwarm } from "../swarms.queries.ts";
import { mirrorQueue } from "./mirror.jobs.ts";
import * as queries from "./mirror.queries.ts";
import type { mirrorReasons } from "./mirror.tables.ts";
import { nextStep, type Step } from "./next-step.ts";
import { takeStep } from "./take-step.ts";

type Reason = (typeof mirrorReasons)[number];

/** Milliseconds for which a holder is believed to be at work; each step renews them. */
const holdTime = 120_000;
/** Tries in a row after which Slack's trouble is shown: with doubling pauses, after about a quarter of an hour. */
const mostAttempts = 8;

/**
 * Asks Slack step by step until channel and swarm say the same. One job at a time works on a swarm, so that messages keep
 * their order: a second one leaves it to the first, which looks once more before it lets go. A job that runs again after a
 * crash has the same `holder`, and goes on where it was.
 */
export async function mirrorSwarm(
  ctx: Ctx,
  { swarmId }: { swarmId: string },
  { holder, lastTry }: { holder: string; lastTry: boolean },
): Promise<void> {
  let step: Step | null = null;
  try {
    if (!(await hold(ctx, swarmId, holder))) return;
    for (;;) {
      step = null;
      const next = await inTx(ctx, (ctx) => prepare(ctx, swarmId, holder));
      if (!next) return;
      const { mirror, connection } = next;
      step = next.step;
      if (!step) return await reportConnection(ctx, connection, { works: true });
      const { botUserId } = connection.settings;
      const write = await takeStep(ctx, mirror, step, { token: connection.credentials.botToken, botUserId });
      await inTx(ctx, async (ctx) => {
        await write(ctx);
        await queries.changeMirror(ctx, swarmId, { attempts: 0 });
        if (step?.do === "create") await noteLink(ctx, swarmId);
      });
    }
  } catch (error) {
    await stop(ctx, swarmId, { holder, step, error, lastTry });
    if (!isAppError(error)) throw error;
  }
}

/** False where another job works on it, or there is nothing to work on. */
async function hold(ctx: Ctx, swarmId: string, holder: string): Promise<boolean> {
  return inTx(ctx, async (ctx) => {
    const mirror = await queries.findMirror(ctx, swarmId, { lock: true });
    if (!mirror || mirror.state === "failed") return false;
    const isHeld = mirror.heldUntil !== null && mirror.heldUntil > ctx.now() && mirror.holder !== holder;
    if (isHeld) return false;
    await queries.changeMirror(ctx, swarmId, { holder, heldUntil: heldUntil(ctx) });
    return true;
  });
}

/** What is next, with how Slack is asked; without a step the mirror is let go. Null where somebody else holds it now. */
async function prepare(ctx: TxCtx, swarmId: string, holder: string) {
  const mirror = await queries.findMirror(ctx, swarmId, { lock: true });
  if (mirror?.holder !== holder) return null;
  const connection = await connectionOf(ctx, slack);
  if (!connection) throw new AppError("UNAVAILABLE", "Slack is not connected any more.");
  const step = await nextStep(ctx, mirror);
  await queries.changeMirror(ctx, swarmId, step ? { heldUntil: heldUntil(ctx) } : letGo);
  if (!step && mirror.state === "pending") {
    await queries.changeMirror(ctx, swarmId, { state: "linked" });
    await noteLink(ctx, swarmId);
  }
  return { mirror, connection, step };
}

const letGo = { holder: null, heldUntil: null };
const heldUntil = (ctx: Ctx) => new Date(ctx.now().getTime() + holdTime);

/** Lets the mirror go: to be tried again after a pause where Slack has trouble that passes, and else with the reason shown. */
async function stop(
  ctx: Ctx,
  swarmId: string,
  { holder, step, error, lastTry }: { holder: string; step: Step | null; error: unknown; lastTry: boolean },
): Promise<void> {
  const problem = error instanceof SlackProblem ? error : null;
  const connection = await inTx(ctx, async (ctx) => {
    const mirror = await queries.findMirror(ctx, swarmId, { lock: true });
    if (mirror?.holder !== holder) return null;
    if (problem?.answered) await forgetAttempt(ctx, swarmId, step);
    const attempts = mirror.attempts + 1;
    await queries.changeMirror(ctx, swarmId, { ...letGo, attempts });
    const isPassing = problem?.fault === "busy" && attempts < mostAttempts;
    if (isPassing) {
      const afterSeconds = pause(problem, attempts);
      await ctx.jobs.enqueue(mirrorQueue, { tenantId: ctx.tenantId, swarmId }, { afterSeconds });
    } else if (isAppError(error) || lastTry) await fail(ctx, mirror, error);
    return problem?.fault === "token" ? connectionOf(ctx, slack) : null;
  });
  if (connection && problem)
    await reportConnection(ctx, connection, { works: false, error: problem.message });
}

/** Seconds until the next try: what Slack asks for, or twice the last ones, at most five minutes. */
function pause({ retryAfterSeconds }: SlackProblem, attempts: number): number {
  return Math.min(Math.max(retryAfterSeconds ?? 2.5 * 2 ** attempts, 1), 300);
}

/** Slack said that it did not do it: nothing is to be looked for the next time. */
async function forgetAttempt(ctx: TxCtx, swarmId: string, step: Step | null): Promise<void> {
  if (step?.do === "create") await queries.changeMirror(ctx, swarmId, { wantedSince: null });
  if (step?.do === "post") await queries.changeMessage(ctx, step.message.id, { slackTriedAt: null });
}

async function fail(ctx: TxCtx, before: queries.MirrorRow, error: unknown): Promise<void> {
  const { swarmId } = before;
  const reason = reasonOf(error);
  const failure = isAppError(error) ? error.message : "Something failed on our side and was logged.";
  await queries.changeMirror(ctx, swarmId, { state: "failed", reason, failure });
  await recordAudit(ctx, {
    action: "swarm.mirror_failed",
    subjectType: "swarm",
    subjectId: swarmId,
    before: { state: before.state },
    after: { state: "failed", reason, failure },
  });
  await tellOf(ctx, swarmId);
}

function reasonOf(error: unknown): Reason {
  if (!(error instanceof SlackProblem)) {
    // nothing is connected, or what is connected cannot be read any more
    const isGone = isAppError(error) && (error.code === "UNAVAILABLE" || error.code === "CONFLICT");
    return isGone ? "disconnected" : "refused";
  }
  switch (error.fault) {
    case "busy":
      return "unreachable";
    case "taken":
      return "refused";
    default:
      return error.fault;
  }
}

/** That a swarm has its channel now is written down, and shown to whoever looks at it. */
async function noteLink(ctx: TxCtx, swarmId: string): Promise<void> {
  const mirror = await queries.findMirror(ctx, swarmId);
  if (mirror?.state !== "linked") return; // the name was taken: the next one is asked for
  await recordAudit(ctx, {
    action: "swarm.mirrored",
    subjectType: "swarm",
    subjectId: swarmId,
    after: { channelId: mirror.channelId, channelName: mirror.channelName },
  });
  await tellOf(ctx, swarmId);
}

async function tellOf(ctx: TxCtx, swarmId: string): Promise<void> {
  const { resolutionId } = await findSwarm(ctx, swarmId);
  await emit(ctx, swarmUpdated, { swarmId, resolutionId });
}
