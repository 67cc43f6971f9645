import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { type Ctx, SlackProblem, type TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { swarmUpdated } from "../resolutions.events.ts";
import { findSwarm, type SwarmMessageRow } from "../swarms.queries.ts";
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

/**
 * Puts what Slack told of a message into the swarm: its words, an edit or that it was deleted, each once and in whatever
 * order they come. Into a swarm that is closed nothing is put.
 */
export async function takeIn(ctx: TxCtx, event: queries.SlackEventRow, said: SlackWords): Promise<void> {
  const swarm = await findSwarm(ctx, event.swarmId, { lock: true });
  await queries.settleEvent(ctx, event.eventId);
  if (swarm.status === "closed" || (event.act === "said" && said.text === "")) return;
  const slackTs = event.messageTs ?? event.ts;
  const before = await queries.messageOfSlack(ctx, swarm.id, slackTs);
  const messageId = before
    ? await change(ctx, before, event, said)
    : await add(ctx, { ...event, slackTs }, said);
  if (messageId === null) return;
  await recordAudit(ctx, {
    action: actions[event.act],
    subjectType: "swarm",
    subjectId: swarm.id,
    after: { messageId, from: "slack", slackUserId: event.slackUserId },
  });
  await emit(ctx, swarmUpdated, { swarmId: swarm.id, resolutionId: swarm.resolutionId });
}

const actions = {
  said: "swarm.message_received",
  edited: "swarm.message_edited",
  deleted: "swarm.message_deleted",
} as const;

/** A message that is not there yet: also one whose edit or deletion came first. */
async function add(
  ctx: TxCtx,
  event: queries.SlackEventRow & { slackTs: string },
  { authorName, text }: SlackWords,
): Promise<string> {
  const { act, ts, swarmId, slackTs, slackUserId } = event;
  const id = newId();
  await ctx.tx.insert(swarmMessages).values({
    tenantId: ctx.tenantId,
    id,
    swarmId,
    authorName,
    text: act === "deleted" ? "" : text,
    slackTs,
    slackUserId,
    editedAt: act === "edited" ? ctx.now() : null,
    slackEditTs: act === "edited" ? ts : null,
    deletedAt: act === "deleted" ? ctx.now() : null,
    createdAt: ctx.now(),
  });
  return id;
}

/** Null where nothing changes: it was told under two ids, a later change came before, or it was said in Parlance. */
async function change(
  ctx: TxCtx,
  before: SwarmMessageRow,
  event: queries.SlackEventRow,
  { text }: SlackWords,
): Promise<string | null> {
  const isTheirs = before.slackUserId === event.slackUserId;
  if (!isTheirs || before.deletedAt || event.act === "said") return null;
  const isEdit = event.act === "edited";
  if (isEdit && Number(before.slackEditTs ?? 0) >= Number(event.ts)) return null;
  const at = ctx.now();
  await queries.changeMessage(
    ctx,
    before.id,
    isEdit ? { text, editedAt: at, slackEditTs: event.ts } : { text: "", deletedAt: at },
  );
  return before.id;
}
