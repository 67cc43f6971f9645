import type { Ctx, SlackApp, TxCtx } from "../../../ports/index.ts";
import { SlackProblem } from "../../../ports/index.ts";
import { nextName } from "./channel-name.ts";
import * as queries from "./mirror.queries.ts";
import type { Step } from "./next-step.ts";
import { readSlackWords, takeIn } from "./take-in.ts";

/** How Slack is asked. */
export interface SlackAccount {
  token: string;
  botUserId: SlackApp["botUserId"];
}

/** Minutes by which our clock and Slack's may differ. */
const clockSlack = 10 * 60_000;

/**
 * Asks Slack for a step, outside any transaction, and gives what is to be written of it. Done again after a crash it finds
 * what was done before: a channel that we made, a message that we posted.
 */
export async function takeStep(
  ctx: Ctx,
  mirror: queries.MirrorRow,
  step: Step,
  account: SlackAccount,
): Promise<(ctx: TxCtx) => Promise<void>> {
  const { swarmId } = mirror;
  const { token } = account;
  const { slack } = ctx.ports;
  switch (step.do) {
    case "take in": {
      const said = await readSlackWords(ctx, step, { token, isPatient: mirror.attempts < 2 });
      return (ctx) => takeIn(ctx, step.event, said);
    }
    case "create":
      return createChannel(ctx, step, account);
    case "set topic":
      await slack.setTopic(token, step.channelId, step.topic).catch((error: unknown) => {
        // a channel without its link is better than none
        if (!(error instanceof SlackProblem) || error.fault !== "refused") throw error;
      });
      return (ctx) => queries.changeMirror(ctx, swarmId, { hasTopic: true });
    case "invite": {
      const { channelId, userId, email } = step;
      const slackId = email === null ? null : await slack.findUser(token, email);
      const isIn = slackId !== null && (await slack.invite(token, channelId, slackId));
      const outcome = slackId === null ? "unknown" : isIn ? "invited" : "refused";
      return (ctx) => queries.noteInvite(ctx, { swarmId, userId }, outcome);
    }
    case "post": {
      const { channelId, message, triedAt } = step;
      const { id, authorName: author, text } = message;
      const since = triedAt && new Date(triedAt.getTime() - clockSlack);
      const before = since && (await slack.findPost(token, { channelId, id, since }));
      const slackTs = before ?? (await slack.post(token, { channelId, id, author, text }));
      return (ctx) => queries.changeMessage(ctx, id, { slackTs, slackTriedAt: null });
    }
    case "archive":
      await slack.archive(token, step.channelId);
      return (ctx) => queries.changeMirror(ctx, swarmId, { archivedAt: ctx.now() });
  }
}

/** A channel of the swarm's own; where the name is taken, the next one is asked for in the next step. */
async function createChannel(
  { ports: { slack } }: Ctx,
  { swarm, name, isRepeat }: Extract<Step, { do: "create" }>,
  { token, botUserId }: SlackAccount,
): Promise<(ctx: TxCtx) => Promise<void>> {
  const goOn = async (ctx: TxCtx, error: SlackProblem) => {
    const wantedName = nextName(swarm, name);
    if (wantedName === null) throw error;
    await queries.changeMirror(ctx, swarm.id, { wantedName, wantedSince: null });
  };
  try {
    const before = isRepeat ? await slack.findOwnChannel(token, { name, botUserId }) : null;
    const channel = before ?? (await slack.createChannel(token, name));
    return async (ctx) => {
      // of the same name we may have made another swarm's
      const other = await queries.mirrorOfChannel(ctx, channel.id);
      if (other) return goOn(ctx, new SlackProblem("taken", "There is a channel of that name already."));
      await queries.changeMirror(ctx, swarm.id, {
        state: "linked",
        channelId: channel.id,
        channelName: channel.name,
        wantedSince: null,
      });
    };
  } catch (error) {
    if (!(error instanceof SlackProblem) || error.fault !== "taken") throw error;
    return (ctx) => goOn(ctx, error);
  }
}
