import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { isOpen, isWithHuman } from "../conversation-state.ts";
import { conversationOpened, rulesBehind } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import { conversations, escalations } from "../conversations.tables.ts";
import { changeProperties, moveConversation } from "./change.ts";
import { settleRequest } from "./escalations.ts";
import { assertNothingIsWritten, messagesOf, moveMessages, recount } from "./move-messages.ts";
import { takenUpBy } from "./ownership.ts";

/** Messages that one act moves: more would hold both conversations too long. */
const mostMoved = 2_000;

/**
 * Puts all messages of one conversation behind those of another of the same customer. The emptied one is done and
 * points to where they went. Both rows are locked, the smaller id first, so that two merges cannot wait for each other.
 */
export async function mergeConversations(
  ctx: Ctx,
  input: { conversationId: string; intoId: string },
): Promise<{ conversationId: string; moved: number }> {
  assertCan(ctx.actor, "answer conversations");
  if (input.conversationId === input.intoId) {
    throw new AppError(
      "VALIDATION_ERROR",
      "A conversation cannot be merged into itself. Choose another one.",
    );
  }
  return inTx(ctx, async (ctx) => {
    const [first = "", second = ""] = [input.conversationId, input.intoId].sort();
    const one = await queries.findConversation(ctx, first, { lock: true });
    const other = await queries.findConversation(ctx, second, { lock: true });
    let [source, target] = one.id === input.conversationId ? [one, other] : [other, one];
    assertMergeable(source, target);
    const moving = await messagesOf(ctx, source.id, mostMoved);
    await assertNothingIsWritten(ctx, source.id);
    const before = { status: source.status, messages: source.messageCount };
    target = await moveMessages(ctx, target, moving, source);
    target = await takeOverNeed(ctx, source, target);
    if (isOpen(source.status)) source = await moveConversation(ctx, source, "resolved");
    if (source.status === "resolved") source = await moveConversation(ctx, source, "closed");
    source = await changeProperties(ctx, source, { mergedIntoId: target.id });
    await recount(ctx, source);
    await recount(ctx, target);
    for (const [id, after] of [
      [source.id, { mergedIntoId: target.id, moved: moving.length }],
      [target.id, { mergedFromId: source.id, moved: moving.length }],
    ] as const) {
      await recordAudit(ctx, {
        action: "conversation.merged",
        subjectType: "conversation",
        subjectId: id,
        before,
        after,
      });
    }
    return { conversationId: target.id, moved: moving.length };
  });
}

/**
 * Makes a conversation of its own of a message and all that follow it. The person who does it has the new one; of what a
 * program splits, whoever has the old one.
 */
export async function splitConversation(
  ctx: Ctx,
  input: { conversationId: string; fromMessageId: string; subject?: string | undefined },
): Promise<{ conversationId: string; moved: number }> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const source = await queries.findConversation(ctx, input.conversationId, { lock: true });
    const all = await messagesOf(ctx, source.id, mostMoved);
    const at = all.findIndex(({ id }) => id === input.fromMessageId);
    if (at < 0) throw new AppError("NOT_FOUND", "The message was not found.");
    if (at === 0) {
      throw new AppError("VALIDATION_ERROR", "The first message stays. Choose a later one to split from.");
    }
    await assertNothingIsWritten(ctx, source.id);
    const moving = all.slice(at);
    const id = newId();
    const now = ctx.now();
    const [made] = await ctx.tx
      .insert(conversations)
      .values({
        tenantId: ctx.tenantId,
        id,
        customerId: source.customerId,
        memberId: source.memberId,
        apiKeyId: source.apiKeyId,
        botId: source.botId,
        channel: source.channel,
        language: source.language,
        teamId: source.teamId,
        severity: source.severity,
        tags: source.tags,
        subject:
          input.subject ?? moving.find(({ author }) => author === "customer")?.text.slice(0, 140) ?? null,
        status: "new",
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!made) throw new AppError("INTERNAL", "The conversation was not written.");
    await emit(ctx, conversationOpened, {
      conversationId: id,
      at: now.toISOString(),
      rules: rulesBehind(ctx.actor),
    });
    const filled = await moveMessages(ctx, made, moving, source);
    await moveConversation(ctx, filled, "awaiting_agent", {
      assigneeId: source.assigneeId,
      ...takenUpBy(ctx.actor),
    });
    await recount(ctx, source);
    await recount(ctx, made);
    await recordAudit(ctx, {
      action: "conversation.split",
      subjectType: "conversation",
      subjectId: source.id,
      before: { messages: all.length },
      after: { messages: at, splitIntoId: id },
    });
    return { conversationId: id, moved: moving.length };
  });
}

/** Whoever waited for a person in the one waits in the other, and a person who had it has the other unless one does. */
async function takeOverNeed(
  ctx: TxCtx,
  source: queries.ConversationRow,
  target: queries.ConversationRow,
): Promise<queries.ConversationRow> {
  const isNeeded = isWithHuman(source.status)
    ? !isWithHuman(target.status)
    : isOpen(source.status) && !isOpen(target.status);
  const moved = isNeeded
    ? await moveConversation(ctx, target, "awaiting_agent", {
        assigneeId: source.assigneeId,
        teamId: source.teamId,
      })
    : target;
  if (moved.assigneeId !== null) await settleRequest(ctx, source.id, "resolved");
  await ctx.tx
    .update(escalations)
    .set({ conversationId: target.id })
    .where(and(eq(escalations.tenantId, ctx.tenantId), eq(escalations.conversationId, source.id)));
  return moved;
}

function assertMergeable(source: queries.ConversationRow, target: queries.ConversationRow): void {
  if (source.mergedIntoId !== null || target.mergedIntoId !== null) {
    throw new AppError(
      "CONFLICT",
      "One of them was merged already. Open the conversation that it points to.",
    );
  }
  const whose = (row: queries.ConversationRow) => [row.customerId, row.memberId, row.apiKeyId].join();
  if (whose(source) !== whose(target)) {
    throw new AppError(
      "CONFLICT",
      "These conversations are with different people: one would read the other's words. Merge the customers first.",
    );
  }
}
