import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { customers } from "../customers.tables.ts";

/** A customer of whom nothing is known yet but that they opened the widget. */
export async function createCustomer(ctx: TxCtx, input: { locale: string | null }): Promise<{ id: string }> {
  const [row] = await ctx.tx
    .insert(customers)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      locale: input.locale,
      createdAt: ctx.now(),
      updatedAt: ctx.now(),
    })
    .returning({ id: customers.id });
  if (!row) throw new AppError("INTERNAL", "The customer was not written.");
  return row;
}
