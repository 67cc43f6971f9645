import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, namesOf, recordAudit } from "../../identity/index.ts";
import * as queries from "../automation.queries.ts";
import { mostRules, type Rule, type RuleChange, type RuleVersion } from "../automation.schema.ts";
import { automationRules, automationRuleVersions } from "../automation.tables.ts";
import type { Trigger } from "../automation.types.ts";
import { assertNoFaults, faultsIn } from "../rules/check-rule.ts";
import type { RuleText } from "../rules/rule.schema.ts";
import { describeRules, obstacleOf } from "./describe-rules.ts";
import { faultsOfNamed } from "./named-things.ts";
import { slackMissing } from "./perform.ts";
import { keepTest } from "./test-rule.ts";

/**
 * A rule is switched on only after a dry run of what it says now. `required`: it must have been asked for, and its
 * outcome read; `implied`: it is made here, for programs that change and switch on in one call.
 */
export type DryRunPolicy = "required" | "implied";

export async function listRules(
  ctx: Ctx,
  input: {
    page: number;
    pageSize: number;
    enabled?: boolean | undefined;
    triggerEvent?: Trigger | undefined;
  },
): Promise<{ items: Rule[]; total: number }> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.pageOfRules(ctx, input);
    return { items: await describeRules(ctx, rows), total };
  });
}

export async function getRule(ctx: Ctx, { ruleId }: { ruleId: string }): Promise<Rule> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => describeOne(ctx, await queries.findRule(ctx, ruleId)));
}

/** The saved texts of a rule, the newest first. */
export async function listVersions(
  ctx: Ctx,
  input: { ruleId: string; page: number; pageSize: number },
): Promise<{ items: RuleVersion[]; total: number }> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => {
    await queries.findRule(ctx, input.ruleId);
    const { rows, total } = await queries.pageOfVersions(ctx, input);
    const names = await namesOf(
      ctx,
      rows.map((row) => row.savedBy),
    );
    const items = rows.map(({ tenantId: _tenant, ruleId: _rule, savedBy, ...row }) => ({
      ...row,
      savedBy: savedBy ? { id: savedBy, name: names.get(savedBy) ?? "A former colleague" } : null,
    }));
    return { items, total };
  });
}

/**
 * Keeps a rule. It is switched off, unless it is asked for otherwise and nothing stands against it: one that speaks to
 * Slack is kept and stays off.
 */
export async function createRule(
  ctx: Ctx,
  { enabled = false, ...text }: RuleText & { enabled?: boolean | undefined },
): Promise<Rule> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => {
    await assertSound(ctx, text);
    if ((await queries.countRules(ctx)) >= mostRules) {
      throw new AppError("CONFLICT", `A workspace has at most ${mostRules} rules. Delete one first.`);
    }
    const [row] = await ctx.tx
      .insert(automationRules)
      .values({ tenantId: ctx.tenantId, id: newId(), ...text, createdAt: ctx.now(), updatedAt: ctx.now() })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The rule was not written.");
    await keepVersion(ctx, row);
    const kept = enabled && obstacleOf(row) !== "slack" ? await switchOn(ctx, row, "implied") : row;
    await audit(ctx, "automation-rule.created", row.id, { after: factsOf(kept) });
    return describeOne(ctx, kept);
  });
}

/**
 * Changes a rule; each new text is a new version. What an enabled rule does cannot be changed unseen: where a dry run
 * is required, it is switched off until one was made.
 */
export async function updateRule(
  ctx: Ctx,
  { ruleId, version, enabled, ...change }: RuleChange & { ruleId: string },
  policy: DryRunPolicy,
): Promise<Rule> {
  assertCan(ctx.actor, "manage rules");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findRule(ctx, ruleId, { lock: true });
    if (version !== undefined && version !== before.version) throw staleVersion(version, before.version);
    const written = await writeText(ctx, before, { ...textOf(before), ...withoutUndefined(change) });
    const wanted = enabled ?? (before.enabled && (policy === "implied" || obstacleOf(written) === null));
    const after = await setEnabled(ctx, written, wanted, policy);
    if (isDeepStrictEqual(factsOf(before), factsOf(after))) return describeOne(ctx, before);
    await audit(ctx, "automation-rule.updated", ruleId, { before: factsOf(before), after: factsOf(after) });
    return describeOne(ctx, after);
  });
}

/** Deletes a rule with its versions; what it did stays explained on the conversations. */
export async function deleteRule(ctx: Ctx, { ruleId }: { ruleId: string }): Promise<void> {
  assertCan(ctx.actor, "manage rules");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findRule(ctx, ruleId, { lock: true });
    await ctx.tx.delete(automationRules).where(thisRule(ctx, ruleId));
    await audit(ctx, "automation-rule.deleted", ruleId, { before: factsOf(before) });
  });
}

/** Writes a text that differs as a new version. A new name or priority leaves the dry run as true as it was. */
async function writeText(ctx: TxCtx, before: queries.RuleRow, text: RuleText): Promise<queries.RuleRow> {
  if (isDeepStrictEqual(textOf(before), text)) return before;
  await assertSound(ctx, text);
  const version = before.version + 1;
  const isTested = before.testedVersion === before.version && meansTheSame(before, text);
  const [row] = await ctx.tx
    .update(automationRules)
    .set({ ...text, version, ...(isTested ? { testedVersion: version } : {}), updatedAt: ctx.now() })
    .where(thisRule(ctx, before.id))
    .returning();
  if (!row) throw new AppError("INTERNAL", "The rule was not written.");
  await keepVersion(ctx, row);
  return row;
}

async function setEnabled(
  ctx: TxCtx,
  row: queries.RuleRow,
  enabled: boolean,
  policy: DryRunPolicy,
): Promise<queries.RuleRow> {
  if (enabled) return row.enabled && obstacleOf(row) === null ? row : switchOn(ctx, row, policy);
  return row.enabled ? writeEnabled(ctx, row, false) : row;
}

async function switchOn(ctx: TxCtx, row: queries.RuleRow, policy: DryRunPolicy): Promise<queries.RuleRow> {
  const obstacle = obstacleOf(row);
  if (obstacle === "slack") {
    throw new AppError("CONFLICT", slackMissing, { details: { obstacle } });
  }
  if (obstacle === "dry_run" && policy === "required") {
    throw new AppError(
      "CONFLICT",
      `Version ${row.version} of this rule was not tried yet. Test it on the last 30 days first, then switch it on.`,
      { details: { obstacle, version: row.version, testedVersion: row.testedVersion } },
    );
  }
  if (obstacle === "dry_run") await keepTest(ctx, row, { page: 1, pageSize: 1 });
  return writeEnabled(ctx, row, true);
}

async function writeEnabled(ctx: TxCtx, { id }: queries.RuleRow, enabled: boolean): Promise<queries.RuleRow> {
  const [row] = await ctx.tx
    .update(automationRules)
    .set({ enabled, updatedAt: ctx.now() })
    .where(thisRule(ctx, id))
    .returning();
  if (!row) throw new AppError("INTERNAL", "The rule was not written.");
  return row;
}

/** Throws VALIDATION_ERROR, which names each place that says what cannot be. */
async function assertSound(ctx: TxCtx, text: RuleText): Promise<void> {
  assertNoFaults([...faultsIn(text), ...(await faultsOfNamed(ctx, text.actions))]);
}

async function keepVersion(ctx: TxCtx, row: queries.RuleRow): Promise<void> {
  await ctx.tx.insert(automationRuleVersions).values({
    tenantId: ctx.tenantId,
    ruleId: row.id,
    version: row.version,
    ...textOf(row),
    savedBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    createdAt: ctx.now(),
  });
}

async function describeOne(ctx: TxCtx, row: queries.RuleRow): Promise<Rule> {
  // read again: a dry run on the way may have been written beside
  const [rule] = await describeRules(ctx, [await queries.findRule(ctx, row.id)]);
  if (!rule) throw new AppError("INTERNAL", "The rule was not read.");
  return rule;
}

function textOf({ name, triggerEvent, conditions, actions, priority }: RuleText): RuleText {
  return { name, triggerEvent, conditions, actions, priority };
}

function meansTheSame(a: RuleText, b: RuleText): boolean {
  const meaning = ({ triggerEvent, conditions, actions }: RuleText) => ({
    triggerEvent,
    conditions,
    actions,
  });
  return isDeepStrictEqual(meaning(a), meaning(b));
}

function factsOf(row: queries.RuleRow) {
  return { ...textOf(row), enabled: row.enabled, version: row.version };
}

function thisRule(ctx: TxCtx, id: string) {
  return and(eq(automationRules.tenantId, ctx.tenantId), eq(automationRules.id, id));
}

function staleVersion(yours: number, newest: number): AppError {
  return new AppError(
    "CONFLICT",
    `Somebody changed this rule: you have version ${yours}, the newest is ${newest}. Read it again.`,
    { details: { yourVersion: yours, version: newest } },
  );
}

function audit(
  ctx: TxCtx,
  action: string,
  ruleId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "automation rule", subjectId: ruleId, ...change });
}

/** What was named; a name with `undefined` was not. */
function withoutUndefined(change: Partial<RuleText>): Partial<RuleText> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
