import { inTx } from "../../platform/ctx/index.ts";
import { AppError, notFound } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { findBot } from "../bots/index.ts";
import type { ConversationRow } from "../conversations/index.ts";
import { openConversation } from "../conversations/index.ts";
import { assertCan } from "../identity/index.ts";

/** Seed 002's statuses of a session, read off the conversation's state. */
export const sessionStatuses = ["active", "escalated", "resolved", "closed"] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

const statesOf = {
  active: ["new", "ai_handling"],
  escalated: ["escalated", "awaiting_agent", "awaiting_customer"],
  resolved: ["resolved"],
  closed: ["closed"],
} as const satisfies Record<SessionStatus, readonly ConversationRow["status"][]>;

export function sessionStatusOf(status: ConversationRow["status"]): SessionStatus {
  return sessionStatuses.find((name) => statesOf[name].some((state) => state === status)) ?? "active";
}

export function statesOfSession(status: SessionStatus | undefined): ConversationRow["status"][] | undefined {
  return status && [...statesOf[status]];
}

/** Opens a conversation with a bot for whoever asks: a member's own test of it, or a program's. */
export async function openSession(ctx: Ctx, input: { botId: string }): Promise<ConversationRow> {
  const { actor } = ctx;
  assertCan(actor, "ask bots");
  return inTx(ctx, async (ctx) => {
    const bot = await findBot(ctx, input.botId);
    if (actor.kind === "user") {
      return openConversation(ctx, { botId: bot.id, channel: "playground", memberId: actor.userId });
    }
    if (actor.kind !== "apiKey") throw new AppError("FORBIDDEN", "Sign in, or show an API key.");
    if (actor.botId !== null && actor.botId !== bot.id) throw notFound("The bot");
    return openConversation(ctx, { botId: bot.id, channel: "api", apiKeyId: actor.keyId });
  });
}
