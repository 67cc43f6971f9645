import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { connectedModels } from "../../models/index.ts";
import { listPriceOf, listPrices, listPricesDate, type Price } from "../list-prices.ts";
import { monthOf } from "../month.ts";
import type { PriceList, PriceRow } from "../spending.schema.ts";
import { modelPrices, modelUsage } from "../spending.tables.ts";

/** What the tenant pays for a model (`provider:model`): its own price, or the list's; null: not known. */
export async function priceOf(ctx: TxCtx, model: string): Promise<Price | null> {
  const [own] = await ctx.tx
    .select({ input: modelPrices.input, output: modelPrices.output })
    .from(modelPrices)
    .where(and(eq(modelPrices.tenantId, ctx.tenantId), eq(modelPrices.model, model)));
  return own ?? listPriceOf(model);
}

/** Every model that has a price or needs one: connected and used ones first, then those on the list. */
export async function listPriceTable(ctx: Ctx): Promise<PriceList> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    const own = await ctx.tx.select().from(modelPrices).where(eq(modelPrices.tenantId, ctx.tenantId));
    const used = await ctx.tx
      .selectDistinct({ model: modelUsage.model, purpose: modelUsage.purpose })
      .from(modelUsage)
      .where(and(eq(modelUsage.tenantId, ctx.tenantId), eq(modelUsage.month, monthOf(ctx.now()))));
    const inUse = [...(await connectedModels(ctx)), ...used];
    const rows = new Map<string, PriceRow>();
    const known: { model: string; purpose: PriceRow["purpose"] }[] = [
      ...inUse,
      ...own.map(({ model }) => ({ model, purpose: "answering" as const })),
      ...listPrices,
    ];
    for (const { model, purpose } of known) {
      if (rows.has(model)) continue;
      const mine = own.find((price) => price.model === model);
      const listPrice = listPriceOf(model);
      const ownPrice = mine ? { input: mine.input, output: mine.output } : null;
      rows.set(model, {
        model,
        purpose: listPrices.find((listed) => listed.model === model)?.purpose ?? purpose,
        isInUse: inUse.some((one) => one.model === model),
        listPrice,
        ownPrice,
        price: ownPrice ?? listPrice,
      });
    }
    return { listDate: listPricesDate, items: [...rows.values()] };
  });
}

/** Sets what the tenant pays for a model from now on; what was counted before stays as it was. */
export async function setPrice(ctx: Ctx, { model, input, output }: Price & { model: string }): Promise<void> {
  assertCan(ctx.actor, "manage models");
  await inTx(ctx, async (ctx) => {
    const before = await priceOf(ctx, model);
    const columns = { input, output, updatedAt: ctx.now() };
    await ctx.tx
      .insert(modelPrices)
      .values({ tenantId: ctx.tenantId, model, ...columns })
      .onConflictDoUpdate({ target: [modelPrices.tenantId, modelPrices.model], set: columns });
    await recordAudit(ctx, {
      action: "price.set",
      subjectType: "model",
      subjectId: model,
      ...(before ? { before: { ...before } } : {}),
      after: { input, output },
    });
  });
}

/** Goes back to the list price; a model that is not on the list has none then. */
export async function resetPrice(ctx: Ctx, { model }: { model: string }): Promise<void> {
  assertCan(ctx.actor, "manage models");
  await inTx(ctx, async (ctx) => {
    const [removed] = await ctx.tx
      .delete(modelPrices)
      .where(and(eq(modelPrices.tenantId, ctx.tenantId), eq(modelPrices.model, model)))
      .returning();
    if (!removed) return;
    await recordAudit(ctx, {
      action: "price.reset",
      subjectType: "model",
      subjectId: model,
      before: { input: removed.input, output: removed.output },
    });
  });
}
