import { inTx } from "../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { allBots } from "../bots/index.ts";
import { assertCan } from "../identity/index.ts";
import { documentCounts, storedBytes } from "../knowledge/index.ts";
import { isUnlimited, type Limit, maxOf, nextMonth, planOf, usesThisMonth } from "../plans/index.ts";
import type { LimitUsage, Usage } from "./usage.schema.ts";

/** What the tenant uses of its plan, limit by limit. */
export async function getUsage(ctx: Ctx): Promise<Usage> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, usageOf);
}

/** The same for whoever may see the tenant otherwise. */
export async function usageOf(ctx: TxCtx): Promise<Usage> {
  const plan = await planOf(ctx);
  const monthly = await usesThisMonth(ctx);
  const bots = await allBots(ctx);
  const documents = await documentCounts(ctx);
  let fullest: { bot: { id: string; name: string }; documents: number } | null = null;
  for (const { id, name, knowledgeBaseId } of bots) {
    const has = documents.get(knowledgeBaseId) ?? 0;
    if (has > (fullest?.documents ?? 0)) fullest = { bot: { id, name }, documents: has };
  }
  const line = (
    limit: Limit,
    used: number,
    more: Partial<Pick<LimitUsage, "resetsAt" | "bot">> = {},
  ): LimitUsage => {
    const max = maxOf(plan, limit);
    const share = max > 0 ? used / max : 1;
    return {
      limit,
      used,
      max,
      share,
      unlimited: isUnlimited(plan, limit),
      resetsAt: null,
      bot: null,
      ...more,
    };
  };
  const resetsAt = nextMonth(ctx.now());
  const { id, name, description, allowAdvancedRagConfig } = plan;
  return {
    plan: { id, name, description, allowAdvancedRagConfig },
    limits: [
      line("bots", bots.length),
      line("documents", fullest?.documents ?? 0, { bot: fullest?.bot ?? null }),
      line("storage", await storedBytes(ctx)),
      line("queries", monthly.queries, { resetsAt }),
      line("processingJobs", monthly.processingJobs, { resetsAt }),
    ],
  };
}
