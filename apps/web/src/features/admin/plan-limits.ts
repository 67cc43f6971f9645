/** The limits of a plan in the order in which they are shown, and which of them may be a fraction. */
export const planLimits = [
  "maxBots",
  "maxDocumentsPerBot",
  "maxTotalDocumentStorageGB",
  "maxQueriesPerMonth",
  "maxDocProcessingJobsPerMonth",
] as const;
export type PlanLimit = (typeof planLimits)[number];

/** From here on the server calls a limit none (modules/plans). */
export const unlimited = 1_000_000_000;

/** What an empty field, or a number in it, means as a limit; null for anything else. */
export function readLimit(text: string, limit: PlanLimit): number | null {
  if (text.trim() === "") return unlimited;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0 || value > unlimited) return null;
  return limit === "maxTotalDocumentStorageGB" || Number.isInteger(value) ? value : null;
}
