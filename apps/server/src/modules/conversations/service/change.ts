import { and, eq } from "drizzle-orm";
import { notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { assertMayMove, type ConversationStatus } from "../conversation-state.ts";
import {
  conversationAssigned,
  conversationMoved,
  conversationUpdated,
  rulesBehind,
} from "../conversations.events.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import { conversations } from "../conversations.tables.ts";
import { nextEvent } from "./next-event.ts";

/** Whose it becomes. What is not named stays. */
export interface Assignment {
  assigneeId?: string | null;
  teamId?: string | null;
  requiredSkills?: string[];
  /** The new owner's name, for the customer; null where they are told of none. */
  agentName?: string | null;
  /** Why, for the audit and for whoever follows: `manual_assignment`, `away`, … */
  reason?: string;
}

/** Moves a locked conversation to another state, and to another owner; or throws ILLEGAL_TRANSITION. */
export async function moveConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  to: ConversationStatus,
  { agentName, reason, ...change }: Assignment = {},
): Promise<ConversationRow> {
  if (conversation.status !== to) assertMayMove(conversation.status, to);
  const row = await nextEvent(
    ctx,
    conversation,
    {
      type: "status",
      data: {
        status: to,
        from: conversation.status,
        agent: agentName ? { name: agentName } : null,
        owner: newOwner(conversation, change, reason),
      },
    },
    { status: to, ...change, ...timesOf(ctx, { ...conversation, ...change, status: to }) },
  );
  await tell(ctx, conversation, row, reason);
  return row;
}

/** Gives a locked conversation to somebody, to a team or to nobody, in the state that it has. */
export async function assignConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  { agentName, reason, ...change }: Assignment,
): Promise<ConversationRow> {
  const row = await nextEvent(
    ctx,
    conversation,
    {
      type: "assignment",
      data: {
        agent: agentName ? { name: agentName } : null,
        reason: reason ?? null,
        owner: newOwner(conversation, change, reason),
      },
    },
    { ...change, ...timesOf(ctx, { ...conversation, ...change }) },
  );
  await tell(ctx, conversation, row, reason);
  return row;
}

/** What may be changed of a conversation besides its state and owner. */
export type Properties = Partial<
  Pick<
    ConversationRow,
    | "subject"
    | "severity"
    | "intent"
    | "sentiment"
    | "tags"
    | "summary"
    | "snoozedUntil"
    | "slaDueAt"
    | "slaBreached"
    | "mergedIntoId"
    | "customerId"
    | "visitorId"
  >
>;

/** What people may set and the server finds out by itself as well. */
const judged = ["severity", "intent", "sentiment"] as const;

/**
 * Changes properties of a locked conversation, as people and their rules do. Nothing happens where all are as they were,
 * but that what was set so is left alone by whatever the server finds out later.
 */
export async function changeProperties(
  ctx: TxCtx,
  conversation: ConversationRow,
  properties: Properties,
): Promise<ConversationRow> {
  const { setByHand } = conversation;
  const set = judged.filter((name) => properties[name] !== undefined && !setByHand.includes(name));
  const settled =
    set.length === 0 ? conversation : await keepAsSet(ctx, conversation, [...setByHand, ...set]);
  return writeProperties(ctx, settled, properties, conversation.version + 1);
}

/**
 * Notes what the server found out of a locked conversation by itself. What people set stays as they set it, and whoever
 * saves something else is not told that it changed: the version stays.
 */
export async function noteFindings(
  ctx: TxCtx,
  conversation: ConversationRow,
  findings: Pick<Properties, (typeof judged)[number] | "slaDueAt" | "slaBreached" | "summary">,
): Promise<ConversationRow> {
  const left = Object.entries(findings).filter(([name]) => !conversation.setByHand.includes(name));
  return writeProperties(ctx, conversation, Object.fromEntries(left), conversation.version);
}

async function writeProperties(
  ctx: TxCtx,
  conversation: ConversationRow,
  properties: Properties,
  version: number,
): Promise<ConversationRow> {
  const changed = Object.entries(properties).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(Reflect.get(conversation, name)) ? [] : [name],
  );
  if (changed.length === 0) return conversation;
  const row = await nextEvent(
    ctx,
    conversation,
    { type: "properties", data: { changed } },
    { ...properties, version },
  );
  await emit(ctx, conversationUpdated, {
    conversationId: row.id,
    changed,
    at: ctx.now().toISOString(),
    rules: rulesBehind(ctx.actor),
  });
  return row;
}

async function keepAsSet(
  ctx: TxCtx,
  conversation: ConversationRow,
  setByHand: string[],
): Promise<ConversationRow> {
  const ofIt = and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversation.id));
  const [row] = await ctx.tx.update(conversations).set({ setByHand }).where(ofIt).returning();
  if (!row) throw notFound("The conversation");
  return row;
}

/** Whose it becomes, for whoever reads the event later; null where it stays with whom it was. */
function newOwner(before: ConversationRow, change: Assignment, reason: string | undefined) {
  const { assigneeId: agentId, teamId } = { ...before, ...change };
  if (before.assigneeId === agentId && before.teamId === teamId) return null;
  return { agentId, teamId, previousAgentId: before.assigneeId, reason: reason ?? null };
}

/** Since when it waits for a person without having one, and when it was resolved. */
function timesOf(
  ctx: TxCtx,
  row: Pick<ConversationRow, "status" | "assigneeId" | "queuedAt" | "resolvedAt">,
) {
  const waits = row.assigneeId === null && (row.status === "escalated" || row.status === "awaiting_agent");
  const isDone = row.status === "resolved" || row.status === "closed";
  return {
    queuedAt: waits ? (row.queuedAt ?? ctx.now()) : null,
    resolvedAt: isDone ? (row.resolvedAt ?? ctx.now()) : null,
  };
}

async function tell(ctx: TxCtx, before: ConversationRow, after: ConversationRow, reason: string | undefined) {
  const about = {
    conversationId: after.id,
    at: ctx.now().toISOString(),
    rules: rulesBehind(ctx.actor),
  };
  if (before.status !== after.status) {
    await emit(ctx, conversationMoved, { ...about, from: before.status, to: after.status });
  }
  if (before.assigneeId !== after.assigneeId || before.teamId !== after.teamId) {
    await emit(ctx, conversationAssigned, {
      ...about,
      agentId: after.assigneeId,
      teamId: after.teamId,
      previousAgentId: before.assigneeId,
      reason: reason ?? null,
    });
  }
}
