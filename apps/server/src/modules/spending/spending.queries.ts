import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { budgetReservations, budgets, modelUsage } from "./spending.tables.ts";

export type BudgetRow = typeof budgets.$inferSelect;

/**
 * Throws NOT_FOUND for a bot of another tenant or of nobody. It cannot be deleted before this transaction ends.
 * By its table: `bots` stands above this module.
 */
export async function assertBotExists(ctx: TxCtx, botId: string): Promise<void> {
  const [row] = await ctx.tx
    .select({ id: bots.id })
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.id, botId)))
    .for("key share");
  if (!row) throw notFound("The bot");
}

/** The tenant's budgets, its own first, then those of its bots. */
export function budgetRows(ctx: TxCtx): Promise<BudgetRow[]> {
  return ctx.tx
    .select()
    .from(budgets)
    .where(eq(budgets.tenantId, ctx.tenantId))
    .orderBy(sql`${budgets.botId} nulls first`);
}

/** A bot's budget, or for null the tenant's. */
export function thisBudget(ctx: TxCtx, botId: string | null) {
  return and(eq(budgets.tenantId, ctx.tenantId), sql`${budgets.botId} is not distinct from ${botId}`);
}

/**
 * What was spent in a month and what is set aside now, by a bot, or for null by the whole tenant. One
 * statement, so that an answer that is kept meanwhile is counted once: as set aside or as spent.
 */
export async function sumsOf(
  ctx: TxCtx,
  month: string,
  botId: string | null,
): Promise<{ spent: number; reserved: number }> {
  const spent = ctx.tx
    .select({ sum: sql`coalesce(sum(${modelUsage.cost}), 0)` })
    .from(modelUsage)
    .where(
      and(
        eq(modelUsage.tenantId, ctx.tenantId),
        eq(modelUsage.month, month),
        botId ? eq(modelUsage.botId, botId) : undefined,
      ),
    );
  const reserved = ctx.tx
    .select({ sum: sql`coalesce(sum(${budgetReservations.amount}), 0)` })
    .from(budgetReservations)
    .where(
      and(
        eq(budgetReservations.tenantId, ctx.tenantId),
        gt(budgetReservations.expiresAt, ctx.now()),
        botId ? eq(budgetReservations.botId, botId) : undefined,
      ),
    );
  const { rows } = await ctx.tx.execute<{ spent: string; reserved: string }>(
    sql`select (${spent}) as spent, (${reserved}) as reserved`,
  );
  return { spent: Number(rows[0]?.spent ?? 0), reserved: Number(rows[0]?.reserved ?? 0) };
}

/** One row a model and purpose of a month, of one bot or of the whole tenant; the dearest first. */
export function usageOfMonth(ctx: TxCtx, month: string, botId: string | null) {
  const sum = (column: AnyPgColumn) => sql<number>`sum(${column})`.mapWith(Number);
  return ctx.tx
    .select({
      model: modelUsage.model,
      purpose: modelUsage.purpose,
      calls: sum(modelUsage.calls),
      estimatedCalls: sum(modelUsage.estimatedCalls),
      inputTokens: sum(modelUsage.inputTokens),
      outputTokens: sum(modelUsage.outputTokens),
      cost: sum(modelUsage.cost),
    })
    .from(modelUsage)
    .where(
      and(
        eq(modelUsage.tenantId, ctx.tenantId),
        eq(modelUsage.month, month),
        botId ? eq(modelUsage.botId, botId) : undefined,
      ),
    )
    .groupBy(modelUsage.model, modelUsage.purpose)
    .orderBy(desc(sql`sum(${modelUsage.cost})`), asc(modelUsage.model));
}
