import { AppError } from "../../platform/errors/index.ts";

export const problemStatuses = ["open", "in_progress", "resolved", "ignored"] as const;
export type ProblemStatus = (typeof problemStatuses)[number];

/** Which state may follow which: what is settled is opened before anything else becomes of it. */
const next: Record<ProblemStatus, readonly ProblemStatus[]> = {
  open: ["in_progress", "resolved", "ignored"],
  in_progress: ["open", "resolved", "ignored"],
  resolved: ["open"],
  ignored: ["open"],
};

/** What a problem in this state may become. */
export function allowedNext(from: ProblemStatus): readonly ProblemStatus[] {
  return next[from];
}

/** True while somebody should still do something about it. */
export function isUnsettled(status: ProblemStatus): boolean {
  return status === "open" || status === "in_progress";
}

/** Throws ILLEGAL_TRANSITION, which names both states and what is allowed. */
export function assertMayMove(from: ProblemStatus, to: ProblemStatus): void {
  const allowed = next[from];
  if (allowed.includes(to)) return;
  throw new AppError(
    "ILLEGAL_TRANSITION",
    `A problem that is ${from} cannot become ${to}. It can become ${allowed.join(", ")}.`,
    { details: { from, to, allowed } },
  );
}
