import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { findRule, type RuleRow } from "../automation.queries.ts";
import type { TestResult, TestRule } from "../automation.schema.ts";
import { automationRules } from "../automation.tables.ts";
import { assertNoFaults } from "../rules/check-rule.ts";
import { fieldsOf } from "../rules/triggers.ts";
import { weigh } from "../rules/weigh.ts";
import { type DryRun, dryRun } from "./dry-run.ts";

/**
 * What a rule would do, without doing it: on a sample of fields, or on the last 30 days. Of the latter it is kept what
 * came of it, for the version that was tried: that is what switching on asks for.
 */
export async function testRule(
  ctx: Ctx,
  { ruleId, ...input }: TestRule & { ruleId: string },
): Promise<TestResult> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => {
    const rule = await findRule(ctx, ruleId, { lock: true });
    const about = { ruleId, version: rule.version };
    if (input.sample) return { ...about, sample: onSample(rule, input.sample), history: null };
    const history = await keepTest(ctx, rule, input);
    await recordAudit(ctx, {
      action: "automation-rule.tested",
      subjectType: "automation rule",
      subjectId: ruleId,
      after: { version: rule.version, scanned: history.scanned, matched: history.matched },
    });
    return { ...about, sample: null, history };
  });
}

/** Tries a locked rule on its past and notes on it what came of that. */
export async function keepTest(
  ctx: TxCtx,
  rule: RuleRow,
  page: { page: number; pageSize: number },
): Promise<DryRun> {
  const history = await dryRun(ctx, rule, page);
  await ctx.tx
    .update(automationRules)
    .set({
      testedVersion: rule.version,
      testedAt: ctx.now(),
      testedScanned: history.scanned,
      testedMatched: history.matched,
    })
    .where(and(eq(automationRules.tenantId, ctx.tenantId), eq(automationRules.id, rule.id)));
  return history;
}

function onSample(rule: RuleRow, sample: NonNullable<TestRule["sample"]>): NonNullable<TestResult["sample"]> {
  const known = fieldsOf(rule.triggerEvent);
  assertNoFaults(
    Object.keys(sample)
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: `sample.${name}`,
        message: `${rule.triggerEvent} has no such field. It has ${[...known.keys()].join(", ")}.`,
      })),
  );
  const { holds, conditions } = weigh(rule.conditions, sample);
  return { wouldFire: holds, conditions, actions: holds ? rule.actions.map(({ type }) => type) : [] };
}
