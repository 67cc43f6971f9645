import { AppError } from "../../../platform/errors/index.ts";
import type { PlanRow } from "../plans.queries.ts";
import { unlimited } from "../plans.schema.ts";
import type { MonthlyUse } from "../plans.tables.ts";

/** What is counted as it stands: bots of the tenant, documents of one bot, bytes of the tenant's documents. */
export type RoomLimit = "bots" | "documents" | "storage";
export type Limit = RoomLimit | MonthlyUse;

const gigabyte = 1e9;

/** The most that a plan allows; bytes for storage. */
export function maxOf(plan: PlanRow, limit: Limit): number {
  switch (limit) {
    case "bots":
      return plan.maxBots;
    case "documents":
      return plan.maxDocumentsPerBot;
    case "storage":
      return plan.maxTotalDocumentStorageGB * gigabyte;
    case "queries":
      return plan.maxQueriesPerMonth;
    case "processingJobs":
      return plan.maxDocProcessingJobsPerMonth;
  }
}

/** Whether a plan sets no such limit. Storage is compared as the plan says it, in GB. */
export function isUnlimited(plan: PlanRow, limit: Limit): boolean {
  const max = limit === "storage" ? plan.maxTotalDocumentStorageGB : maxOf(plan, limit);
  return max >= unlimited;
}

const some = (n: number, thing: string) => `${n.toLocaleString("en")} ${thing}${n === 1 ? "" : "s"}`;

/** What the limit allows, and how one gets below it by oneself. */
const words: Record<Limit, { allows: (plan: PlanRow) => string; instead: string }> = {
  bots: {
    allows: (plan) => some(plan.maxBots, "bot"),
    instead: "Delete a bot that you no longer need",
  },
  documents: {
    allows: (plan) => `${some(plan.maxDocumentsPerBot, "document")} for each bot`,
    instead: "Delete documents that the bot no longer needs",
  },
  storage: {
    allows: (plan) => `${plan.maxTotalDocumentStorageGB.toLocaleString("en")} GB of documents`,
    instead: "Delete documents that you no longer need",
  },
  queries: {
    allows: (plan) => `${some(plan.maxQueriesPerMonth, "question")} a month`,
    instead: "Wait for the next month",
  },
  processingJobs: {
    allows: (plan) => `${some(plan.maxDocProcessingJobsPerMonth, "processed document")} a month`,
    instead: "Wait for the next month",
  },
};

/** The refusal that says which plan, which limit, and what can be done about it. */
export function limitReached(
  plan: PlanRow,
  limit: Limit,
  { used, resetsAt }: { used: number; resetsAt?: Date },
): AppError {
  const { allows, instead } = words[limit];
  const until = resetsAt ? `, which begins on ${resetsAt.toISOString().slice(0, 10)} (UTC)` : "";
  return new AppError(
    "INSUFFICIENT_CREDITS",
    `The plan "${plan.name}" allows ${allows(plan)}. ${instead}${until}, ` +
      "or ask whoever runs this installation for a larger plan.",
    { details: { limit, used, max: maxOf(plan, limit), plan: plan.name, ...(resetsAt ? { resetsAt } : {}) } },
  );
}
