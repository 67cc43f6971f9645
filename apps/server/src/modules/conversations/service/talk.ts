import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { liveCustomerId } from "../../customers/index.ts";
import { isOpen, isWithHuman } from "../conversation-state.ts";
import { conversationOpened, rulesBehind } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { conversations } from "../conversations.tables.ts";
import { appendMessage, completeMessage, giveUpMessage } from "./append.ts";
import { type AttachmentRow, bindAttachments, withFiles } from "./attachments.ts";
import { moveConversation } from "./change.ts";
import { lockCurrentConversation } from "./current.ts";

/** Opens a conversation with a bot, or finds the one of that id. The bot must be the tenant's. */
export async function openConversation(
  ctx: TxCtx,
  input: {
    id?: string;
    botId: string;
    channel: queries.ConversationRow["channel"];
    customerId?: string;
    memberId?: string;
    apiKeyId?: string;
    /** In which the customer wants to be answered. */
    language?: string;
  },
): Promise<queries.ConversationRow> {
  await findBot(ctx, input.botId);
  const customer = await holderOf(ctx, input.customerId ?? null);
  const at = ctx.now();
  const [row] = await ctx.tx
    .insert(conversations)
    .values({
      tenantId: ctx.tenantId,
      id: input.id ?? newId(),
      botId: input.botId,
      channel: input.channel,
      ...customer,
      memberId: input.memberId ?? null,
      apiKeyId: input.apiKeyId ?? null,
      language: input.language ?? null,
      status: "new",
      createdAt: at,
      updatedAt: at,
    })
    .onConflictDoNothing() // two first messages at once open one conversation
    .returning();
  if (!row) return queries.findConversation(ctx, input.id ?? "");
  await emit(ctx, conversationOpened, {
    conversationId: row.id,
    at: at.toISOString(),
    rules: rulesBehind(ctx.actor),
  });
  return row;
}

/** Whose it is: who the visitor turned out to be, where they were merged into somebody. */
async function holderOf(
  ctx: TxCtx,
  visitorId: string | null,
): Promise<Pick<queries.ConversationRow, "customerId" | "visitorId">> {
  if (visitorId === null) return { customerId: null, visitorId: null };
  const customerId = await liveCustomerId(ctx, visitorId);
  if (customerId === null) throw notFound("The customer");
  return { customerId, visitorId: customerId === visitorId ? null : visitorId };
}

export interface Posted {
  message: Message;
  /** Where it stands: the conversation that was named, or the one that it was merged into. */
  conversationId: string;
  /** True when the same `clientId` came before: nothing was added. */
  repeated: boolean;
  /** True while a human has the conversation or is asked for: the bot must not answer. */
  withHuman: boolean;
}

/**
 * Keeps what the customer (or the member who tries the bot) wrote. Once this returns the message is
 * safe. A resolved conversation opens again and goes to a human; what is written into one that was merged into another
 * goes there.
 */
export async function postMessage(
  ctx: Ctx,
  input: {
    conversationId: string;
    text: string;
    clientId: string | null;
    /** What `assertArrived` let pass. */
    files?: readonly AttachmentRow[] | undefined;
    /** Throws where it may not be written; asked under the conversation's lock, before anything is kept. */
    check?: (ctx: TxCtx, conversation: queries.ConversationRow) => Promise<void>;
  },
): Promise<Posted> {
  return inTx(ctx, async (ctx) => {
    let conversation = await lockCurrentConversation(ctx, input.conversationId);
    await input.check?.(ctx, conversation);
    if (ctx.actor.kind === "apiKey" && conversation.apiKeyId !== ctx.actor.keyId) {
      throw notFound("The conversation"); // a key that may read all of them speaks only in its own
    }
    if (input.clientId) {
      const known = await queries.findByClientId(ctx, conversation.id, input.clientId);
      if (known && known.author !== "customer") {
        throw new AppError("CONFLICT", "This message id belongs to another message. Choose a new one.");
      }
      if (known) {
        return {
          message: queries.toMessage(ctx, known),
          conversationId: conversation.id,
          repeated: true,
          withHuman: isWithHuman(conversation.status),
        };
      }
    }
    const added = await appendMessage(ctx, conversation, {
      author: "customer",
      authorId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      authorName: ctx.actor.kind === "user" ? ctx.actor.name : null,
      text: input.text,
      clientId: input.clientId,
      attachmentCount: input.files?.length ?? 0,
    });
    await bindAttachments(ctx, added.message, input.files ?? []);
    conversation = added.conversation;
    if (!isOpen(conversation.status) || conversation.status === "awaiting_customer") {
      conversation = await moveConversation(ctx, conversation, "awaiting_agent");
    } else if (conversation.status === "new") {
      conversation = await moveConversation(ctx, conversation, "ai_handling");
    }
    return {
      message: queries.toMessage(ctx, added.message),
      conversationId: conversation.id,
      repeated: false,
      withHuman: isWithHuman(conversation.status),
    };
  });
}

export type BotTurn =
  | { kind: "begun"; messageId: string; conversationId: string }
  /** The message has an answer, whole or still being written by another request. */
  | { kind: "taken"; message: Message }
  /** A human has the conversation: the bot may not speak. */
  | { kind: "silent" };

const replyPrefix = "reply:";

/** Which message the bot's message answers; null for any other message. */
export function repliedTo({ author, clientId }: Message): string | null {
  return author === "bot" && clientId?.startsWith(replyPrefix) ? clientId.slice(replyPrefix.length) : null;
}

/**
 * Begins the bot's reply to a message. The row's lock orders this against a take-over, and makes one
 * reply of two requests for it; a reply that was broken off may be begun again. Where the conversation was merged into
 * another since, the reply is written there.
 */
export async function beginBotMessage(
  ctx: Ctx,
  input: { conversationId: string; replyTo: string; botName: string },
): Promise<BotTurn> {
  return inTx(ctx, async (ctx) => {
    const conversation = await lockCurrentConversation(ctx, input.conversationId);
    if (isWithHuman(conversation.status)) return { kind: "silent" };
    const clientId = `${replyPrefix}${input.replyTo}`;
    const earlier = await queries.findByClientId(ctx, conversation.id, clientId);
    if (earlier) {
      const message = queries.toMessage(ctx, earlier);
      if (message.state !== "interrupted") return { kind: "taken", message };
      await giveUpMessage(ctx, earlier.id);
    }
    const { message } = await appendMessage(ctx, conversation, {
      author: "bot",
      authorName: input.botName,
      text: "",
      state: "streaming",
      clientId,
    });
    return { kind: "begun", messageId: message.id, conversationId: conversation.id };
  });
}

/**
 * Finishes the bot's message in the caller's transaction, before anything else there, because it takes
 * the conversation's lock. When a human took over meanwhile what was said stays, as interrupted.
 */
export async function finishBotMessage(
  ctx: TxCtx,
  input: { conversationId: string; messageId: string; text: string; state: "complete" | "interrupted" },
): Promise<"complete" | "interrupted"> {
  const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
  const state = isWithHuman(conversation.status) ? "interrupted" : input.state;
  await completeMessage(ctx, conversation, input.messageId, { text: input.text, state });
  return state;
}

/** A page of what was said, without what was never begun or left no words. */
export async function pageOfMessages(
  ctx: Ctx,
  input: { conversationId: string; page: number; pageSize: number; direction: "asc" | "desc" },
): Promise<{ items: Message[]; total: number }> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    const { rows, total } = await queries.pageOfMessages(ctx, { ...input, conversationId: conversation.id });
    return { items: rows.map((row) => queries.toMessage(ctx, row)), total };
  });
}

/** What was said, oldest first; with `notes` also what colleagues noted, for those who may read it. */
export async function readMessages(
  ctx: Ctx,
  input: { conversationId: string; notes?: boolean },
): Promise<Message[]> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    return withFiles(ctx, await queries.listMessages(ctx, conversation.id, { notes: input.notes ?? false }));
  });
}
