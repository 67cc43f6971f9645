import { AppError } from "../../platform/errors/index.ts";

/** The states of PRODUCT.md, "State machines". */
export const conversationStatuses = [
  "new",
  "ai_handling",
  "escalated",
  "awaiting_agent",
  "awaiting_customer",
  "resolved",
  "closed",
] as const;
export type ConversationStatus = (typeof conversationStatuses)[number];

/** What is numbered in a conversation. Customers are told of messages that are no notes, and of the status. */
export const conversationEventTypes = ["message", "status", "assignment", "properties"] as const;

/** Seed 004: how bad it is, P0 the worst. */
export const severities = ["P0", "P1", "P2", "P3"] as const;
export const sentiments = ["positive", "neutral", "negative"] as const;
export const contentTypes = ["text", "markdown", "html"] as const;
export const deliveries = ["pending", "sent", "delivered", "read", "failed"] as const;

/** The states of PRODUCT.md for a request for a human. */
export const escalationStatuses = ["pending", "assigned", "resolved", "cancelled"] as const;
export const escalationPriorities = ["low", "normal", "high", "urgent"] as const;

/** Where it is held. `portal`: a member's own question; `playground`: a member's test of a bot. */
export const channels = [
  "widget",
  "playground",
  "api",
  "portal",
  "email",
  "whatsapp",
  "facebook",
  "twitter",
  "sms",
  "voice",
  "slack",
] as const;

/** Which state may follow which. Reopening leads from `resolved` or `closed` to `awaiting_agent`. */
const next: Record<ConversationStatus, readonly ConversationStatus[]> = {
  new: ["ai_handling", "escalated", "awaiting_agent", "resolved"],
  ai_handling: ["escalated", "awaiting_agent", "resolved"],
  escalated: ["awaiting_agent", "awaiting_customer", "ai_handling", "resolved"],
  awaiting_agent: ["awaiting_customer", "escalated", "ai_handling", "resolved"],
  awaiting_customer: ["awaiting_agent", "escalated", "ai_handling", "resolved"],
  resolved: ["closed", "awaiting_agent"],
  closed: ["awaiting_agent"],
};

/** True while a human has it or is asked for: the bot is silent. */
export function isWithHuman(status: ConversationStatus): boolean {
  return status === "escalated" || status === "awaiting_agent" || status === "awaiting_customer";
}

export function isOpen(status: ConversationStatus): boolean {
  return status !== "resolved" && status !== "closed";
}

export function mayMove(from: ConversationStatus, to: ConversationStatus): boolean {
  return next[from].includes(to);
}

/** Throws ILLEGAL_TRANSITION, which names both states and what is allowed. */
export function assertMayMove(from: ConversationStatus, to: ConversationStatus): void {
  if (!mayMove(from, to)) throw illegalTransition(from, to);
}

/** For acts that refuse more than the table does: opening a resolved one again takes `reopen`, say. */
export function illegalTransition(from: ConversationStatus, to: ConversationStatus, hint = ""): AppError {
  const allowed = next[from].filter((status) => status !== to);
  return new AppError(
    "ILLEGAL_TRANSITION",
    `A conversation that is ${from} cannot become ${to} this way. ${hint || `It can become ${allowed.join(", ")}.`}`,
    { details: { from, to, allowed } },
  );
}
