import { isAppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findMember } from "../../identity/index.ts";
import { findSwarm, type SwarmMessageRow, type SwarmRow } from "../swarms.queries.ts";
import { channelName } from "./channel-name.ts";
import * as queries from "./mirror.queries.ts";

/** What is to be asked of Slack next. Of what `isRepeat` it is not known whether Slack did it the last time. */
export type Step =
  | { do: "take in"; event: queries.SlackEventRow; knownName: string | null }
  | { do: "create"; swarm: SwarmRow; name: string; isRepeat: boolean }
  | { do: "set topic"; channelId: string; topic: string }
  | { do: "invite"; channelId: string; userId: string; email: string | null }
  | { do: "post"; channelId: string; message: SwarmMessageRow; triedAt: Date | null }
  | { do: "archive"; channelId: string };

/**
 * The one thing by which swarm and channel differ most, or null where they agree. It is noted before it is asked, so that
 * a process that dies between Slack's answer and our row leaves a trace. The mirror is locked.
 */
export async function nextStep(ctx: TxCtx, mirror: queries.MirrorRow): Promise<Step | null> {
  const { swarmId, channelId } = mirror;
  const event = await queries.nextToTakeIn(ctx, swarmId);
  if (event) {
    return { do: "take in", event, knownName: await queries.knownName(ctx, swarmId, event.slackUserId) };
  }
  const swarm = await findSwarm(ctx, swarmId);
  if (channelId === null) {
    const name = mirror.wantedName ?? channelName(swarm);
    const isRepeat = mirror.wantedSince !== null;
    await queries.changeMirror(ctx, swarmId, {
      wantedName: name,
      wantedSince: mirror.wantedSince ?? ctx.now(),
    });
    return { do: "create", swarm, name, isRepeat };
  }
  if (mirror.archivedAt) return null;
  if (!mirror.hasTopic) {
    const link = `${ctx.publicUrl}/resolutions?id=${swarm.resolutionId}`;
    return { do: "set topic", channelId, topic: `Mirrors a swarm in Parlance: ${link}` };
  }
  const guest = swarm.status === "active" ? await queries.nextToInvite(ctx, swarmId) : null;
  if (guest) return { do: "invite", channelId, ...guest, email: await emailOf(ctx, guest.userId) };
  const message = await queries.nextToPost(ctx, mirror);
  if (message) {
    const triedAt = message.slackTriedAt;
    await queries.changeMessage(ctx, message.id, { slackTriedAt: triedAt ?? ctx.now() });
    return { do: "post", channelId, message, triedAt };
  }
  return swarm.status === "closed" ? { do: "archive", channelId } : null;
}

/** Null for somebody who has left. */
async function emailOf(ctx: TxCtx, userId: string): Promise<string | null> {
  try {
    return (await findMember(ctx, userId)).email;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
