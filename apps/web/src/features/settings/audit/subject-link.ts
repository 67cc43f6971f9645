import type { LinkProps } from "@tanstack/react-router";
import type { AuditEntry } from "../../../lib/models.ts";

/** The screen of what an entry is about; null where there is none, or it is gone. */
export function subjectLink({ subject: { type, id }, action }: AuditEntry): LinkProps | null {
  if (action.endsWith(".deleted")) return null;
  switch (type) {
    case "bot":
      return { to: "/bots/$botId", params: { botId: id } };
    case "document":
      return { to: "/documents/$documentId", params: { documentId: id } };
    case "conversation":
      return { to: "/inbox/$conversationId", params: { conversationId: id } };
    case "problem":
      return { to: "/quality", search: { tab: "problems", problem: id } };
    case "api_key":
      return { to: "/settings", search: { tab: "keys" } };
    case "model":
      return { to: "/settings", search: { tab: "models" } };
    case "automation-rule":
      return { to: "/settings", search: { tab: "automation" } };
    case "canned-reply":
      return { to: "/settings", search: { tab: "canned" } };
    case "resolution":
      return { to: "/resolutions", search: { id } };
    case "routing":
      return { to: "/settings", search: { tab: "routing" } };
    case "personality":
      return { to: "/settings", search: { tab: "personalities" } };
    case "portal":
      return { to: "/settings", search: { tab: "portal" } };
    default:
      return null;
  }
}
