import { AppError } from "../../platform/errors/index.ts";

/** The states of PRODUCT.md, "State machines". */
export const resolutionStatuses = [
  "open",
  "investigating",
  "fix_in_progress",
  "awaiting_verification",
  "resolved",
  "closed",
] as const;
export type ResolutionStatus = (typeof resolutionStatuses)[number];

/** Seed 004: P0 is the worst. */
export const priorities = ["P0", "P1", "P2", "P3"] as const;
export type Priority = (typeof priorities)[number];

/**
 * Which state may follow which: forward one after another, where a known fault may go straight to its fix; back to
 * where the work goes on when a fix does not hold. Every unfinished one may turn out to be solved.
 */
const next: Record<ResolutionStatus, readonly ResolutionStatus[]> = {
  open: ["investigating", "fix_in_progress", "resolved"],
  investigating: ["fix_in_progress", "resolved"],
  fix_in_progress: ["awaiting_verification", "investigating", "resolved"],
  awaiting_verification: ["resolved", "fix_in_progress", "investigating"],
  resolved: ["closed", "investigating"],
  closed: [],
};

/** True while somebody has to work on it. */
export function isUnfinished(status: ResolutionStatus): boolean {
  return status !== "resolved" && status !== "closed";
}

export function mayBecome(from: ResolutionStatus): readonly ResolutionStatus[] {
  return next[from];
}

/** Throws ILLEGAL_TRANSITION, which names both states and what is allowed. */
export function assertMayBecome(from: ResolutionStatus, to: ResolutionStatus): void {
  const allowed = next[from];
  if (allowed.includes(to)) return;
  const hint = allowed.length > 0 ? `It can become ${allowed.join(", ")}.` : "It stays that way.";
  throw new AppError("ILLEGAL_TRANSITION", `A resolution that is ${from} cannot become ${to}. ${hint}`, {
    details: { from, to, allowed },
  });
}
