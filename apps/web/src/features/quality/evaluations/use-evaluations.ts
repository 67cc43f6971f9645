import { getRouteApi } from "@tanstack/react-router";
import { may, useSession } from "../../../lib/session.ts";
import type { Outputs } from "../../../lib/trpc.ts";

export type Run = Outputs["evaluations"]["runs"]["list"]["items"][number];
export type RunDetail = Outputs["evaluations"]["runs"]["get"];
export type Result = Outputs["evaluations"]["runs"]["results"]["items"][number];
export type Case = Outputs["evaluations"]["cases"]["list"]["items"][number];
export type Compared = Outputs["evaluations"]["runs"]["compare"]["items"][number];
export type ReplayTurn = Outputs["evaluations"]["replay"]["get"]["turns"][number];

export const qualityRoute = getRouteApi("/signed-in/quality");

/** Goes to a place in this tab: what is not named is left as the tab opens. */
export function useGo() {
  const navigate = qualityRoute.useNavigate();
  return (to: {
    botId?: string;
    run?: string;
    base?: string;
    replay?: string;
    search?: string;
    page?: number;
  }) => void navigate({ search: { tab: "evaluations", ...to }, resetScroll: false });
}

/** Whether one may run evaluations and edit their cases, not only read them. */
export function useMayEvaluate(): boolean {
  const session = useSession();
  return may(session, "evaluate bots");
}

export const runTone = {
  queued: "neutral",
  running: "info",
  completed: "good",
  cancelled: "neutral",
  failed: "bad",
} as const;

export function isAtWork({ status }: Pick<Run, "status">): boolean {
  return status === "queued" || status === "running";
}
