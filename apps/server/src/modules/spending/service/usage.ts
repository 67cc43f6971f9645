import { sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { costOf } from "../list-prices.ts";
import { monthOf } from "../month.ts";
import { assertBotExists, usageOfMonth } from "../spending.queries.ts";
import type { UsageRow } from "../spending.schema.ts";
import { modelUsage } from "../spending.tables.ts";
import { priceOf } from "./prices.ts";

export interface ModelUse {
  /** Null: for no bot in particular. */
  botId: string | null;
  purpose: "answering" | "embedding";
  /** `provider:model` */
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** The provider did not tell the tokens: they were estimated from the text's length. */
  isEstimated?: boolean;
}

/** Counts one call of a model at today's price. Returns its cost in US dollars. */
export async function recordModelUse(ctx: TxCtx, use: ModelUse): Promise<number> {
  const { botId, purpose, model, inputTokens, outputTokens } = use;
  const cost = costOf(await priceOf(ctx, model), use);
  const month = monthOf(ctx.now());
  const estimatedCalls = use.isEstimated ? 1 : 0;
  const added = { calls: 1, estimatedCalls, inputTokens, outputTokens, cost };
  await ctx.tx
    .insert(modelUsage)
    .values({ tenantId: ctx.tenantId, id: newId(), month, botId, purpose, model, ...added })
    .onConflictDoUpdate({
      target: [modelUsage.tenantId, modelUsage.month, modelUsage.botId, modelUsage.purpose, modelUsage.model],
      set: {
        calls: sql`${modelUsage.calls} + excluded.calls`,
        estimatedCalls: sql`${modelUsage.estimatedCalls} + excluded.estimated_calls`,
        inputTokens: sql`${modelUsage.inputTokens} + excluded.input_tokens`,
        outputTokens: sql`${modelUsage.outputTokens} + excluded.output_tokens`,
        cost: sql`${modelUsage.cost} + excluded.cost`,
      },
    });
  return cost;
}

/** What this month's calls came to, of the tenant or of one bot, by model; the dearest first. */
export async function listUsage(ctx: Ctx, { botId }: { botId?: string | undefined }): Promise<UsageRow[]> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    if (botId) await assertBotExists(ctx, botId);
    const rows = await usageOfMonth(ctx, monthOf(ctx.now()), botId ?? null);
    const priced: UsageRow[] = [];
    for (const row of rows) priced.push({ ...row, hasPrice: (await priceOf(ctx, row.model)) !== null });
    return priced;
  });
}
