import { z } from "zod";
import { firingOutcomes, triggerNames } from "./automation.types.ts";
import { actionSchema, conditionSchema, operators, ruleTextSchema } from "./rules/rule.schema.ts";

/** Rules that a workspace may have: each is asked for every event of its trigger. */
export const mostRules = 100;

/** Why a rule cannot be switched on as it stands; null when it can. */
export const obstacles = ["dry_run", "slack"] as const;

export const ruleSchema = ruleTextSchema.extend({
  id: z.uuid(),
  conditions: z.array(conditionSchema),
  actions: z.array(actionSchema),
  priority: z.number(),
  enabled: z.boolean(),
  version: z.number(),
  /** The last dry run: of which version, over how many happenings, in how many it would have acted. */
  lastTest: z
    .object({ version: z.number(), at: z.date(), scanned: z.number(), matched: z.number() })
    .nullable(),
  obstacle: z.enum(obstacles).nullable(),
  /** How often it acted in the last 30 days, and when last. */
  activity: z.object({ times: z.number(), lastAt: z.date().nullable() }),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Rule = z.output<typeof ruleSchema>;

const page = {
  page: z.number().int().min(1).max(100_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
};

export const listRulesSchema = z
  .object({ ...page, enabled: z.boolean().optional(), triggerEvent: z.enum(triggerNames).optional() })
  .prefault({});
export const ofRule = z.object({ ruleId: z.uuid() });
export const listVersionsSchema = ofRule.extend(page);

/** What may be changed: what is left out stays. */
export const ruleChangeSchema = z.object({
  name: ruleTextSchema.shape.name.optional(),
  triggerEvent: ruleTextSchema.shape.triggerEvent.optional(),
  conditions: ruleTextSchema.shape.conditions.unwrap().optional(),
  actions: ruleTextSchema.shape.actions.optional(),
  priority: ruleTextSchema.shape.priority.unwrap().optional(),
  enabled: z.boolean().optional(),
  /** The one that was read: whoever saves over a newer one is told. */
  version: z.number().int().min(1).optional(),
});
export const updateRuleSchema = ruleChangeSchema.extend(ofRule.shape);
export type RuleChange = z.output<typeof ruleChangeSchema>;

export const versionSchema = ruleTextSchema.extend({
  conditions: z.array(conditionSchema),
  actions: z.array(actionSchema),
  priority: z.number(),
  version: z.number(),
  savedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.date(),
});
export type RuleVersion = z.output<typeof versionSchema>;

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
const weighedTestSchema = z.object({
  field: z.string(),
  operator: z.enum(operators),
  value: factSchema,
  seen: factSchema,
  held: z.boolean(),
});
/** A condition with the value that was seen. */
export const weighedSchema = z.union([
  weighedTestSchema,
  z.object({ any: z.array(weighedTestSchema), held: z.boolean() }),
]);

/** Fields by name, in the place of a real happening. */
export const sampleSchema = z.record(
  z.string().max(60),
  z.union([z.string().max(8_000), z.number(), z.boolean(), z.array(z.string().max(500)).max(100), z.null()]),
);

export const testRuleSchema = z.object({
  ...page,
  /** Fields by name; without it the last 30 days are looked at. */
  sample: sampleSchema.optional(),
});
export type TestRule = z.output<typeof testRuleSchema>;

export const testResultSchema = z.object({
  ruleId: z.uuid(),
  version: z.number(),
  /** Of a sample: whether the rule would act on it, and why. */
  sample: z
    .object({ wouldFire: z.boolean(), conditions: z.array(weighedSchema), actions: z.array(z.string()) })
    .nullable(),
  /** Of the last 30 days. */
  history: z
    .object({
      from: z.date(),
      to: z.date(),
      scanned: z.number(),
      truncated: z.boolean(),
      matched: z.number(),
      matches: z.array(
        z.object({
          conversationId: z.uuid(),
          subject: z.string().nullable(),
          at: z.date(),
          conditions: z.array(weighedSchema),
        }),
      ),
    })
    .nullable(),
});
export type TestResult = z.output<typeof testResultSchema>;

export const firingsInputSchema = z.object({
  conversationId: z.uuid(),
  limit: z.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

export const firingSchema = z.object({
  id: z.uuid(),
  rule: z.object({ id: z.uuid(), name: z.string(), version: z.number() }),
  triggerEvent: z.enum(triggerNames),
  outcome: z.enum(firingOutcomes),
  /** The rules whose acts led to it, the first one first. */
  chain: z.array(z.uuid()),
  conditions: z.array(weighedSchema),
  actions: z.array(z.object({ type: z.string(), done: z.boolean(), said: z.string() })),
  createdAt: z.date(),
});
export const firingsSchema = z.object({ items: z.array(firingSchema), nextCursor: z.string().nullable() });

export const fieldsSchema = z.object({
  triggers: z.array(
    z.object({
      name: z.enum(triggerNames),
      fields: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(["text", "choice", "list", "number", "yes_no", "id"]),
          options: z.array(z.string()),
          of: z.enum(["agent", "team", "bot"]).nullable(),
          operators: z.array(z.enum(operators)),
          /** What a text writes in double braces for it. */
          template: z.string(),
        }),
      ),
    }),
  ),
  mostRules: z.number(),
});
