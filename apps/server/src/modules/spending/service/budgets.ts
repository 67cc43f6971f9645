import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { monthOf, nextMonth } from "../month.ts";
import { assertBotExists, type BudgetRow, budgetRows, sumsOf, thisBudget } from "../spending.queries.ts";
import type { Budget } from "../spending.schema.ts";
import { budgets } from "../spending.tables.ts";

/** The state of a bot's budget, or of the tenant's; also where no limit is set, for what was spent. */
export async function getBudget(ctx: Ctx, { botId }: { botId?: string | undefined }): Promise<Budget> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    if (botId) await assertBotExists(ctx, botId);
    const [row] = await ctx.tx
      .select()
      .from(budgets)
      .where(thisBudget(ctx, botId ?? null));
    return describe(ctx, botId ?? null, row);
  });
}

/** Every budget that has a limit, the tenant's first. */
export async function listBudgets(ctx: Ctx): Promise<Budget[]> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const all: Budget[] = [];
    for (const row of await budgetRows(ctx)) all.push(await describe(ctx, row.botId, row));
    return all;
  });
}

/** Sets what may be spent in a month; null takes the limit away. It counts at once, also for this month. */
export async function setBudget(
  ctx: Ctx,
  { botId = null, limit }: { botId?: string | null | undefined; limit: number | null },
): Promise<Budget> {
  assertCan(ctx.actor, "manage models");
  return inTx(ctx, async (ctx) => {
    if (botId) await assertBotExists(ctx, botId);
    const where = thisBudget(ctx, botId);
    const [before] = await ctx.tx.select().from(budgets).where(where).for("update");
    let after: BudgetRow | undefined;
    if (limit === null) await ctx.tx.delete(budgets).where(where);
    else {
      const columns = { limit, exhaustedMonth: null, updatedAt: ctx.now() };
      [after] = await ctx.tx
        .insert(budgets)
        .values({ tenantId: ctx.tenantId, id: newId(), botId, createdAt: ctx.now(), ...columns })
        .onConflictDoUpdate({ target: [budgets.tenantId, budgets.botId], set: columns })
        .returning();
    }
    if (before?.limit !== after?.limit) {
      await recordAudit(ctx, {
        action: limit === null ? "budget.removed" : "budget.set",
        subjectType: botId ? "bot" : "tenant",
        subjectId: botId ?? ctx.tenantId,
        ...(before ? { before: { limit: before.limit } } : {}),
        ...(after ? { after: { limit: after.limit } } : {}),
      });
    }
    return describe(ctx, botId, after);
  });
}

async function describe(ctx: TxCtx, botId: string | null, row: BudgetRow | undefined): Promise<Budget> {
  const month = monthOf(ctx.now());
  const { spent, reserved } = await sumsOf(ctx, month, botId);
  return {
    botId,
    month,
    limit: row?.limit ?? null,
    spent,
    reserved,
    isExhausted: row !== undefined && (row.exhaustedMonth === month || spent >= row.limit),
    resetsAt: nextMonth(ctx.now()),
  };
}
