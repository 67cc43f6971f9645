import { and, eq, lte, or, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { costOf } from "../list-prices.ts";
import { monthOf } from "../month.ts";
import { type BudgetRow, sumsOf, thisBudget } from "../spending.queries.ts";
import { budgetReservations, budgets } from "../spending.tables.ts";
import { priceOf } from "./prices.ts";

/** Longer than any answer takes; after it the answer's process is taken for dead. */
const reservationLife = 10 * 60_000;

/** Money for one call of a model: set aside, not needed (`id` null), or refused. */
export type Reservation =
  | { granted: true; id: string | null }
  /** `reason` is a sentence for the owner, never for a visitor. */
  | { granted: false; reason: string };

/**
 * Sets aside what a call may cost at most, in the bot's budget and the tenant's, or refuses it. Budgets are
 * locked, so that of any number of calls at once only those start that the limits still hold. A model
 * without a price, or that costs nothing, is never refused. Release it in the transaction that keeps what
 * the call cost.
 */
export async function reserveBudget(
  ctx: TxCtx,
  {
    botId,
    model,
    inputTokens,
    outputTokens,
  }: {
    /** Null: for no bot in particular; the tenant's budget alone bounds it. */
    botId: string | null;
    /** `provider:model` */
    model: string;
    /** Of the prompt, as estimated. */
    inputTokens: number;
    /** The most that the model may write. */
    outputTokens: number;
  },
): Promise<Reservation> {
  const limits = await ctx.tx
    .select()
    .from(budgets)
    .where(or(thisBudget(ctx, null), thisBudget(ctx, botId)))
    .orderBy(sql`${budgets.botId} nulls first`) // always the same order: no deadlock
    .for("update");
  const amount = limits.length === 0 ? 0 : costOf(await priceOf(ctx, model), { inputTokens, outputTokens });
  if (amount === 0) return { granted: true, id: null };
  const month = monthOf(ctx.now());
  for (const budget of limits) {
    const { spent, reserved } = await sumsOf(ctx, month, budget.botId);
    if (spent + amount > budget.limit) {
      await noteExhausted(ctx, budget, month, spent);
      return { granted: false, reason: `${ownerOf(budget)} is used up.` };
    }
    if (spent + reserved + amount > budget.limit) {
      const reason = `The rest of ${lowerFirst(ownerOf(budget))} is set aside for answers that are being written.`;
      return { granted: false, reason };
    }
  }
  const id = newId();
  const expiresAt = new Date(ctx.now().getTime() + reservationLife);
  await ctx.tx.insert(budgetReservations).values({ tenantId: ctx.tenantId, id, botId, amount, expiresAt });
  return { granted: true, id };
}

/** Gives back what was set aside. One that expired is gone already. */
export async function releaseBudget(ctx: TxCtx, reservationId: string): Promise<void> {
  await ctx.tx
    .delete(budgetReservations)
    .where(and(eq(budgetReservations.tenantId, ctx.tenantId), eq(budgetReservations.id, reservationId)));
}

/** Forgets reservations that their processes left behind. They count no more since they expired. */
export async function tidyReservations(ctx: Ctx): Promise<void> {
  const expired = lte(budgetReservations.expiresAt, ctx.now());
  await inTx(ctx, async (ctx) => {
    await ctx.tx
      .delete(budgetReservations)
      .where(and(eq(budgetReservations.tenantId, ctx.tenantId), expired));
  });
}

/** Once a month, and again after the limit was changed. */
async function noteExhausted(ctx: TxCtx, budget: BudgetRow, month: string, spent: number): Promise<void> {
  if (budget.exhaustedMonth === month) return;
  await ctx.tx
    .update(budgets)
    .set({ exhaustedMonth: month })
    .where(and(eq(budgets.tenantId, ctx.tenantId), eq(budgets.id, budget.id)));
  const system = { ...ctx, actor: { kind: "system", name: "budget" } } as const;
  await recordAudit(system, {
    action: "budget.exhausted",
    subjectType: budget.botId ? "bot" : "tenant",
    subjectId: budget.botId ?? ctx.tenantId,
    after: { month, limit: budget.limit, spent },
  });
}

function ownerOf({ botId, limit }: BudgetRow): string {
  return `The ${botId ? "bot" : "workspace"}'s monthly budget of $${limit.toFixed(2)}`;
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
