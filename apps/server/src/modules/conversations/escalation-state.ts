import { AppError } from "../../platform/errors/index.ts";
import type { escalationStatuses } from "./conversation-state.ts";

export type EscalationStatus = (typeof escalationStatuses)[number];

/** Which state may follow which. `assigned` becomes `pending` again when its agent leaves or gives it back. */
const next: Record<EscalationStatus, readonly EscalationStatus[]> = {
  pending: ["assigned", "resolved", "cancelled"],
  assigned: ["pending", "resolved", "cancelled"],
  resolved: [],
  cancelled: [],
};

export function mayEscalationMove(from: EscalationStatus, to: EscalationStatus): boolean {
  return next[from].includes(to);
}

/** The states from which one may come to another. */
export function statesBefore(to: EscalationStatus): EscalationStatus[] {
  return (["pending", "assigned", "resolved", "cancelled"] as const).filter((from) =>
    mayEscalationMove(from, to),
  );
}

/** Throws ILLEGAL_TRANSITION, which names both states and what is allowed. */
export function assertEscalationMay(from: EscalationStatus, to: EscalationStatus): void {
  if (mayEscalationMove(from, to)) return;
  const allowed = next[from];
  const way =
    allowed.length > 0
      ? `It can become ${allowed.join(", ")}.`
      : "It has ended; escalate the conversation anew.";
  throw new AppError("ILLEGAL_TRANSITION", `An escalation that is ${from} cannot become ${to}. ${way}`, {
    details: { from, to, allowed },
  });
}
