import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import * as schema from "./automation.schema.ts";
import { ruleTextSchema } from "./rules/rule.schema.ts";
import { listFields } from "./service/list-fields.ts";
import { firingsOf } from "./service/list-firings.ts";
import {
  createRule,
  deleteRule,
  getRule,
  listRules,
  listVersions,
  updateRule,
} from "./service/manage-rules.ts";
import { testRule } from "./service/test-rule.ts";

/** Rules: when something happens, if this holds, then do that. */
export const automationRouter = router({
  list: protectedProcedure
    .input(schema.listRulesSchema)
    .output(paginatedSchema(schema.ruleSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listRules(ctx, input);
      return paginate("/trpc/automation.list", input, items, total);
    }),
  get: protectedProcedure
    .input(schema.ofRule)
    .output(schema.ruleSchema)
    .query(({ ctx, input }) => getRule(ctx, input)),
  /** Switched off: it is tested and switched on afterwards. */
  create: protectedProcedure
    .input(ruleTextSchema)
    .output(schema.ruleSchema)
    .mutation(({ ctx, input }) => createRule(ctx, input)),
  update: protectedProcedure
    .input(schema.updateRuleSchema)
    .output(schema.ruleSchema)
    .mutation(({ ctx, input }) => updateRule(ctx, input, "required")),
  delete: protectedProcedure
    .input(schema.ofRule)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteRule(ctx, input);
      return { success: true };
    }),
  test: protectedProcedure
    .input(schema.testRuleSchema.extend(schema.ofRule.shape))
    .output(schema.testResultSchema)
    .mutation(({ ctx, input }) => testRule(ctx, input)),
  versions: protectedProcedure
    .input(schema.listVersionsSchema)
    .output(paginatedSchema(schema.versionSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listVersions(ctx, input);
      return paginate("/trpc/automation.versions", input, items, total);
    }),
  firingsOf: protectedProcedure
    .input(schema.firingsInputSchema)
    .output(schema.firingsSchema)
    .query(({ ctx, input }) => firingsOf(ctx, input)),
  fields: protectedProcedure.output(schema.fieldsSchema).query(({ ctx }) => listFields(ctx)),
});
