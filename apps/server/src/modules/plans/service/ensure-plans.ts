import type { Db } from "../../../platform/db/index.ts";
import { unlimited } from "../plans.schema.ts";
import { plans } from "../plans.tables.ts";

const none = {
  maxBots: unlimited,
  maxDocumentsPerBot: unlimited,
  maxTotalDocumentStorageGB: unlimited,
  maxQueriesPerMonth: unlimited,
  maxDocProcessingJobsPerMonth: unlimited,
};

/**
 * The plans of a new installation. Whoever runs Parlance for themselves never meets a limit; the smaller
 * plans are for those who host others.
 */
const initial: (typeof plans.$inferInsert)[] = [
  {
    id: "01900000-0000-7000-8000-000000000001",
    name: "Unlimited",
    description: "No limits: for whoever runs Parlance for themselves.",
    ...none,
    allowAdvancedRagConfig: true,
    isDefault: true,
  },
  {
    id: "01900000-0000-7000-8000-000000000002",
    name: "Team",
    description: "For a company with several bots.",
    maxBots: 20,
    maxDocumentsPerBot: 1_000,
    maxTotalDocumentStorageGB: 10,
    maxQueriesPerMonth: 20_000,
    maxDocProcessingJobsPerMonth: 5_000,
    allowAdvancedRagConfig: true,
  },
  {
    id: "01900000-0000-7000-8000-000000000003",
    name: "Starter",
    description: "For one small site.",
    maxBots: 2,
    maxDocumentsPerBot: 50,
    maxTotalDocumentStorageGB: 0.5,
    maxQueriesPerMonth: 1_000,
    maxDocProcessingJobsPerMonth: 200,
    allowAdvancedRagConfig: false,
  },
];

/**
 * Makes sure that there are plans, at every start. What is there stays as the operator left it: a plan that
 * exists by id, name or as the default is not written again. Named system query: plans are global.
 */
export async function ensurePlans(db: Db): Promise<void> {
  await db.system().insert(plans).values(initial).onConflictDoNothing();
}
