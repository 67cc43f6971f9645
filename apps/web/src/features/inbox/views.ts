import type { Conversation } from "../../lib/models.ts";
import type { Tone } from "../../ui/badge.tsx";

export const views = ["needs_human", "mine", "breaching", "snoozed", "open", "resolved", "all"] as const;
export type View = (typeof views)[number];

/** The view that the URL names; the one that cannot wait, when it names none. */
export function viewOf(name: string | undefined): View {
  return views.find((view) => view === name) ?? "needs_human";
}

export const statusTones: Record<Conversation["status"], Tone> = {
  new: "info",
  ai_handling: "info",
  escalated: "warn",
  awaiting_agent: "warn",
  awaiting_customer: "neutral",
  resolved: "good",
  closed: "neutral",
};

/** True when somebody waits for a person of ours. */
export function waitsForUs(status: Conversation["status"]): boolean {
  return status === "escalated" || status === "awaiting_agent";
}

export function isOpen(status: Conversation["status"]): boolean {
  return status !== "resolved" && status !== "closed";
}
