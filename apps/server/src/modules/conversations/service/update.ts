import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertMayMove, type ConversationStatus, illegalTransition, isOpen } from "../conversation-state.ts";
import * as queries from "../conversations.queries.ts";
import { changeProperties, moveConversation, type Properties } from "./change.ts";
import { settleRequest } from "./escalations.ts";
import { escalate } from "./hand-off.ts";
import { takenUpBy } from "./ownership.ts";

export interface ConversationUpdate
  extends Pick<
    Properties,
    "subject" | "severity" | "tags" | "snoozedUntil" | "intent" | "sentiment" | "summary"
  > {
  conversationId: string;
  /** The version that the caller saw: where it is older than the newest, nothing is changed. */
  version?: number | undefined;
  status?: ConversationStatus | undefined;
}

/**
 * Changes properties and state together, or nothing. Throws CONFLICT, which names the newer version, and
 * ILLEGAL_TRANSITION. A state brings what belongs to it, as the verbs of the same name do: `escalated` asks for a
 * person, `resolved` settles what was asked, `ai_handling` gives it back to the bot.
 */
export async function updateConversation(
  ctx: Ctx,
  input: ConversationUpdate,
): Promise<queries.ConversationRow> {
  assertCan(ctx.actor, "answer conversations");
  const { conversationId, version, status, ...properties } = input;
  return inTx(ctx, async (ctx) => {
    const before = await queries.findConversation(ctx, conversationId, { lock: true });
    if (version !== undefined && version !== before.version) throw staleVersion(version, before.version);
    let after = await changeProperties(ctx, before, withoutUndefined(properties));
    if (status !== undefined && status !== before.status) after = await moveTo(ctx, after, status);
    if (after === before) return before;
    const changed = [...Object.keys(withoutUndefined(properties)), "status"] as const;
    await recordAudit(ctx, {
      action: "conversation.updated",
      subjectType: "conversation",
      subjectId: conversationId,
      before: pick(before, changed),
      after: pick(after, changed),
    });
    return after;
  });
}

/** One way into each state, whoever asks for it. */
async function moveTo(
  ctx: TxCtx,
  conversation: queries.ConversationRow,
  to: ConversationStatus,
): Promise<queries.ConversationRow> {
  assertMayMove(conversation.status, to);
  switch (to) {
    case "escalated":
      return escalate(ctx, conversation, { reason: "Escalated by hand." });
    case "resolved":
      await settleRequest(ctx, conversation.id, "resolved");
      return moveConversation(ctx, conversation, to);
    case "ai_handling":
      await settleRequest(ctx, conversation.id, "resolved");
      return moveConversation(ctx, conversation, to, { assigneeId: null });
    case "awaiting_customer":
      if (conversation.assigneeId === null) {
        throw illegalTransition(conversation.status, to, "Nobody has it: take it over first.");
      }
      return moveConversation(ctx, conversation, to);
    case "awaiting_agent":
      return moveConversation(ctx, conversation, to, isOpen(conversation.status) ? {} : takenUpBy(ctx.actor));
    case "new":
    case "closed":
      return moveConversation(ctx, conversation, to);
  }
}

function staleVersion(yours: number, newest: number): AppError {
  return new AppError(
    "CONFLICT",
    `Somebody changed this conversation: you have version ${yours}, the newest is ${newest}. Read it again.`,
    { details: { yourVersion: yours, version: newest } },
  );
}

/** What was named; a name with `undefined` was not. */
function withoutUndefined<Values extends object>(values: Values): Values {
  const named: Partial<Values> = {};
  for (const key of Object.keys(values) as (keyof Values)[]) {
    if (values[key] !== undefined) named[key] = values[key];
  }
  return named as Values; // only keys that are optional were left out
}

function pick(row: queries.ConversationRow, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(row, name)]));
}
