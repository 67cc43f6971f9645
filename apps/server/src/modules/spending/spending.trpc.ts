import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { getBudget, listBudgets, setBudget } from "./service/budgets.ts";
import { listPriceTable, resetPrice, setPrice } from "./service/prices.ts";
import { listUsage } from "./service/usage.ts";
import {
  budgetIdSchema,
  budgetSchema,
  modelSchema,
  priceListSchema,
  setBudgetSchema,
  setPriceSchema,
  usageRowSchema,
} from "./spending.schema.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;

/** US dollars per million tokens. Not in a seed. */
export const pricesRouter = router({
  list: protectedProcedure.output(priceListSchema).query(({ ctx }) => listPriceTable(ctx)),
  set: protectedProcedure
    .input(setPriceSchema)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await setPrice(ctx, input);
      return done;
    }),
  reset: protectedProcedure
    .input(modelSchema)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await resetPrice(ctx, input);
      return done;
    }),
});

/** US dollars per calendar month, of a bot or of the tenant. Not in a seed. */
export const budgetRouter = router({
  get: protectedProcedure
    .input(budgetIdSchema)
    .output(budgetSchema)
    .query(({ ctx, input }) => getBudget(ctx, input)),
  list: protectedProcedure.output(z.array(budgetSchema)).query(({ ctx }) => listBudgets(ctx)),
  set: protectedProcedure
    .input(setBudgetSchema)
    .output(budgetSchema)
    .mutation(({ ctx, input }) => setBudget(ctx, input)),
  /** What this month's calls came to, by model. */
  usage: protectedProcedure
    .input(budgetIdSchema)
    .output(z.array(usageRowSchema))
    .query(({ ctx, input }) => listUsage(ctx, input)),
});
