import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { type Ctx, SlackProblem, type TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import { findSwarm } from "../swarms.queries.ts";
import { swarmMessages } from "../swarms.tables.ts";
import * as queries from "./mirror.queries.ts";
import type { Step } from "./next-step.ts";

/** Characters of a swarm's message. */
const mostText = 8_000;
/** People whose names are asked for one message. */
const mostNames = 5;
const somebody = "Somebody on Slack";

export interface SlackWords {
  authorName: string;
  text: string;
}

/**
 * Who said it and what, with the names of those it calls. A name that Slack does not tell is done without; one that it is
 * too busy for is waited for where the caller is patient, by throwing.
 */
export async function readSlackWords(
  ctx: Ctx,
  { event, knownName }: Extract<Step, { do: "take in" }>,
  { token, isPatient }: { token: string; isPatient: boolean },
): Promise<SlackWords> {
  const { slack } = ctx.ports;
  const nameOf = async (slackUserId: string) => {
    try {
      return await slack.nameOf(token, slackUserId);
    } catch (error) {
      if (!(error instanceof SlackProblem) || (error.fault === "busy" && isPatient)) throw error;
      return somebody;
    }
  };
  const authorName = knownName ?? (await nameOf(event.slackUserId));
  const raw = event.text ?? "";
  const names = new Map<string, string>([[event.slackUserId, authorName]]);
  for (const id of slack.mentionsIn(raw).slice(0, mostNames)) {
    if (!names.has(id)) names.set(id, await nameOf(id));
  }
  const text = slack.toPlainText(raw, names).trim();
  const isWhole = text.length <= mostText;
  return { authorName, text: isWhole ? text : `${text.slice(0, mostText - 30)}… (the rest is in Slack)` };
}

/** Puts words of Slack's into the swarm, once; into one that is closed nothing is put. */
export async function takeIn(ctx: TxCtx, event: queries.SlackEventRow, said: SlackWords): Promise<void> {
  const swarm = await findSwarm(ctx, event.swarmId, { lock: true });
  await queries.settleEvent(ctx, event.eventId);
  if (swarm.status === "closed" || said.text === "") return;
  const [row] = await ctx.tx
    .insert(swarmMessages)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      swarmId: swarm.id,
      ...said,
      slackTs: event.ts,
      slackUserId: event.slackUserId,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return; // told under two ids
  await recordAudit(ctx, {
    action: "swarm.message_received",
    subjectType: "swarm",
    subjectId: swarm.id,
    after: { messageId: row.id, from: "slack", slackUserId: event.slackUserId },
  });
  await emit(ctx, swarmUpdated, { swarmId: swarm.id, resolutionId: swarm.resolutionId });
}
