import type { Outputs } from "../../lib/trpc.ts";
import type { Tone } from "../../ui/index.ts";

export type Resolution = Outputs["resolutions"]["list"]["items"][number];
export type ResolutionDetail = Outputs["resolutions"]["get"];
export type SwarmDetail = Outputs["swarms"]["get"];
export type Status = Resolution["status"];

/** In the order of the columns. */
export const statuses = [
  "open",
  "investigating",
  "fix_in_progress",
  "awaiting_verification",
  "resolved",
  "closed",
] as const satisfies readonly Status[];

export const priorityTones: Record<Resolution["priority"], Tone> = {
  P0: "bad",
  P1: "warn",
  P2: "info",
  P3: "neutral",
};

export function isUnfinished(status: Status): boolean {
  return status !== "resolved" && status !== "closed";
}

/** Whether it should have been solved by now. */
export function isLate({ status, eta }: Pick<Resolution, "status" | "eta">, now: Date): boolean {
  return eta !== null && isUnfinished(status) && new Date(eta.expectedResolutionAt) < now;
}
