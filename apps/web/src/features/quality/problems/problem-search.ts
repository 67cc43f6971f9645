import { getRouteApi } from "@tanstack/react-router";
import type { Outputs } from "../../../lib/trpc.ts";

export type Problem = Outputs["problems"]["list"]["items"][number];
export type ProblemDetail = Outputs["problems"]["get"];
export type Article = ProblemDetail["articles"][number];
export type ProblemTest = ProblemDetail["tests"][number];
export type Status = Problem["status"];
export type Kind = keyof Problem["kinds"];

export const statuses = ["open", "in_progress", "resolved", "ignored"] as const satisfies readonly Status[];
export const sorts = ["occurrences", "lastSeenAt", "createdAt"] as const;
export const kinds = ["unanswered", "rated_down", "escalated", "reviewed_wrong"] as const satisfies Kind[];

export const qualityRoute = getRouteApi("/signed-in/quality");

/** What is chosen of the list; what the address says otherwise does not count. */
export function useProblemSearch() {
  const { status, sort, search, botId, page = 1 } = qualityRoute.useSearch();
  return {
    status: statuses.find((known) => known === status),
    sort: sorts.find((known) => known === sort) ?? "occurrences",
    search,
    botId,
    page,
  };
}

export const statusTone = {
  open: "warn",
  in_progress: "info",
  resolved: "good",
  ignored: "neutral",
} as const;
