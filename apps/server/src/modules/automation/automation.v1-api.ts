import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import { ruleChangeSchema, ruleSchema, testResultSchema, testRuleSchema } from "./automation.schema.ts";
import { triggerNames } from "./automation.types.ts";
import { ruleTextSchema } from "./rules/rule.schema.ts";
import { createRule, deleteRule, getRule, listRules, updateRule } from "./service/manage-rules.ts";
import { testRule } from "./service/test-rule.ts";

const params = z.object({ id: z.uuid() });

/** Seed 004, "Automation". */
export const v1AutomationRoutes: Route[] = [
  v1ListRoute({
    path: "/automation/rules",
    summary: "The workspace's automation rules, in the order in which they run: the greatest priority first.",
    query: v1PageQuery.extend({
      triggerEvent: z.enum(triggerNames).optional(),
      enabled: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .optional(),
    }),
    data: ruleSchema,
    run: (ctx, { query }) => listRules(ctx, query),
  }),
  v1Route({
    method: "GET",
    path: "/automation/rules/{id}",
    summary: "A rule, with the outcome of its last dry run.",
    params,
    data: ruleSchema,
    run: (ctx, { params }) => getRule(ctx, { ruleId: params.id }),
  }),
  v1Route({
    method: "POST",
    path: "/automation/rules",
    status: 201,
    summary:
      "Makes a rule. With enabled=true it is tried on the last 30 days first, without effects: `lastTest` says on how many it would have acted. Where `obstacle` says why it cannot be switched on, it is kept and stays off.",
    body: ruleTextSchema.extend({ enabled: z.boolean().default(false) }),
    data: ruleSchema,
    run: (ctx, { body }) => createRule(ctx, body),
  }),
  v1Route({
    method: "PATCH",
    path: "/automation/rules/{id}",
    summary:
      "Changes a rule; what is left out stays, each new text is a version. A rule that is on, or is switched on, is tried on the last 30 days first: `lastTest` says on how many it would have acted.",
    params,
    body: ruleChangeSchema,
    data: ruleSchema,
    run: (ctx, { params, body }) => updateRule(ctx, { ruleId: params.id, ...body }, "implied"),
  }),
  v1Route({
    method: "DELETE",
    path: "/automation/rules/{id}",
    summary: "Deletes a rule. What it did stays explained on the conversations.",
    params,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async run(ctx, { params }) {
      await deleteRule(ctx, { ruleId: params.id });
      return { id: params.id, deleted: true as const };
    },
  }),
  v1Route({
    method: "POST",
    path: "/automation/rules/{id}/test",
    summary:
      "What the rule would do, without doing it: on `sample`, which names fields and their values, or without one on the last 30 days.",
    params,
    body: testRuleSchema,
    data: testResultSchema,
    run: (ctx, { params, body }) => testRule(ctx, { ruleId: params.id, ...body }),
  }),
];
