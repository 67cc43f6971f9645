import type { Actor } from "../../../platform/ctx/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { harmlessHtml } from "../../../platform/text/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../conversations.queries.ts";
import { type Message, messageMarkup, messageText } from "../conversations.schema.ts";
import { appendMessage } from "./append.ts";
import { assertArrived, bindAttachments } from "./attachments.ts";
import { moveConversation } from "./change.ts";
import { agentOf, claim } from "./hand-off.ts";
import { type ShownMessage, showOne } from "./read-messages.ts";

export interface AgentMessage {
  conversationId: string;
  text: string;
  /** The sender's own id of it: sending twice makes one message. */
  clientId: string;
  /** `html` is made harmless; `text` unless said. */
  contentType?: Message["contentType"] | undefined;
  /** Over which it goes; the conversation's unless said. */
  channel?: Message["channel"] | undefined;
  attachmentIds?: readonly string[] | undefined;
}

/** Sends the agent's words to the customer; takes the conversation over first where nobody has it. */
export async function replyAsAgent(ctx: Ctx, input: AgentMessage): Promise<ShownMessage> {
  const agent = agentOf(ctx);
  const words = wordsOf(input);
  const files = await assertArrived(ctx, input.conversationId, input.attachmentIds);
  return inTx(ctx, async (ctx) => {
    let conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    const known = await knownMessage(ctx, conversation, input.clientId);
    if (known) return known;
    conversation = await claim(ctx, conversation, agent);
    const added = await appendMessage(ctx, conversation, {
      ...words,
      author: "agent",
      authorId: agent.id,
      authorName: agent.name,
      clientId: input.clientId,
      channel: input.channel ?? null,
      attachmentCount: files.length,
    });
    await bindAttachments(ctx, added.message, files);
    if (added.conversation.status !== "awaiting_customer") {
      await moveConversation(ctx, added.conversation, "awaiting_customer", { agentName: agent.name });
    }
    return showOne(ctx, added.message, conversation);
  });
}

/** Keeps a note among colleagues, in whatever state the conversation is; nobody takes it over by one. */
export async function addNote(
  ctx: Ctx,
  input: Pick<AgentMessage, "conversationId" | "text" | "clientId" | "contentType" | "attachmentIds">,
): Promise<ShownMessage> {
  assertCan(ctx.actor, "answer conversations");
  const words = wordsOf(input);
  const files = await assertArrived(ctx, input.conversationId, input.attachmentIds);
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    const known = await knownMessage(ctx, conversation, input.clientId);
    if (known) return known;
    const { message } = await appendMessage(ctx, conversation, {
      ...words,
      ...authorOf(ctx.actor),
      clientId: input.clientId,
      internal: true,
      attachmentCount: files.length,
    });
    await bindAttachments(ctx, message, files);
    return showOne(ctx, message, conversation);
  });
}

function wordsOf({ text, contentType = "text" }: Pick<AgentMessage, "text" | "contentType">) {
  if (contentType !== "html")
    return { text: checked(messageText.safeParse(text)), contentType, markup: null };
  const harmless = harmlessHtml(checked(messageMarkup.safeParse(text)));
  return { text: checked(messageText.safeParse(harmless.text)), contentType, markup: harmless.html };
}

function checked(result: ReturnType<typeof messageText.safeParse>): string {
  if (result.success) return result.data;
  throw new AppError("VALIDATION_ERROR", "A message has 1 to 8,000 characters, and at most 100,000 of HTML.");
}

/** The message that this client id brought before; one of somebody else's under it is a mistake of the client's. */
async function knownMessage(
  ctx: TxCtx,
  conversation: queries.ConversationRow,
  clientId: string,
): Promise<ShownMessage | null> {
  const known = await queries.findByClientId(ctx, conversation.id, clientId);
  if (!known) return null;
  if (known.author === "customer" || known.author === "bot") {
    throw new AppError("CONFLICT", "This message id belongs to another message. Choose a new one.");
  }
  return showOne(ctx, known, conversation);
}

function authorOf(actor: Actor) {
  if (actor.kind === "user") {
    return { author: "agent" as const, authorId: actor.userId, authorName: actor.name };
  }
  return { author: "system" as const, authorName: actor.kind === "visitor" ? null : actor.name };
}
