import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { countWaiting, describeQueue } from "../routing.queries.ts";
import type { Queue, QueueItem } from "../routing.schema.ts";
import { describeAgent } from "./agents.ts";
import { fitnessOf } from "./assign-next.ts";
import { whomFor } from "./whom.ts";

/** What an agent has in hand, the most pressing first, and how much waits that they may take. */
export async function queueOf(ctx: Ctx, { agentId }: { agentId?: string | undefined }): Promise<Queue> {
  assertCan(ctx.actor, "read conversations");
  const userId = agentId ?? whomFor(ctx, undefined);
  return inTx(ctx, async (ctx) => {
    const agent = await describeAgent(ctx, userId);
    const rows = await describeQueue(ctx, { agentId: userId });
    return {
      agentId: userId,
      status: agent.status,
      currentCount: agent.currentCount,
      maxConcurrent: agent.capacity,
      waitingCount: await countWaiting(ctx, fitnessOf(agent, {})),
      conversations: rows.map((row) => toItem(ctx, row)),
    };
  });
}

/** One conversation as a queue shows it. */
export async function queueItem(ctx: TxCtx, conversationId: string): Promise<QueueItem> {
  const [row] = await describeQueue(ctx, { conversationId });
  if (!row) throw notFound("The conversation");
  return toItem(ctx, row);
}

type Described = Awaited<ReturnType<typeof describeQueue>>[number];

function toItem(ctx: TxCtx, { conversation, customerName, unread }: Described): QueueItem {
  return {
    id: conversation.id,
    customerId: conversation.customerId,
    customerName,
    state: conversation.status,
    severity: conversation.severity,
    currentChannel: conversation.channelsUsed.at(-1) ?? conversation.channel,
    lastMessageAt: conversation.lastMessageAt,
    slaStatus: slaStatusOf(ctx, conversation),
    unreadCount: unread,
  };
}

/** Minutes before a promise would be broken from which a queue warns. */
const warnWithin = 30;

function slaStatusOf(
  ctx: TxCtx,
  { slaDueAt, slaBreached }: Described["conversation"],
): QueueItem["slaStatus"] {
  if (slaDueAt === null) return null;
  const minutesRemaining = Math.floor((slaDueAt.getTime() - ctx.now().getTime()) / 60_000);
  const isBroken = slaBreached || minutesRemaining < 0;
  const status = isBroken ? "breached" : minutesRemaining <= warnWithin ? "warning" : "ok";
  return { dueAt: slaDueAt, minutesRemaining, status };
}
