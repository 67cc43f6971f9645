import type { TxCtx } from "../../../ports/index.ts";
import { activityOf, type RuleRow } from "../automation.queries.ts";
import type { Rule } from "../automation.schema.ts";

/** Days of which a rule's activity is told. */
const activityDays = 30;

export async function describeRules(ctx: TxCtx, rows: RuleRow[]): Promise<Rule[]> {
  const since = new Date(ctx.now().getTime() - activityDays * 86_400_000);
  const activity = await activityOf(
    ctx,
    rows.map((row) => row.id),
    since,
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    triggerEvent: row.triggerEvent,
    conditions: row.conditions,
    actions: row.actions,
    priority: row.priority,
    enabled: row.enabled,
    version: row.version,
    lastTest: testOf(row),
    obstacle: obstacleOf(row),
    activity: activity.get(row.id) ?? { times: 0, lastAt: null },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }));
}

/** What keeps a rule from being switched on. */
export function obstacleOf(row: Pick<RuleRow, "actions" | "version" | "testedVersion">): Rule["obstacle"] {
  if (row.actions.some(({ type }) => type === "notify_slack")) return "slack";
  return row.testedVersion === row.version ? null : "dry_run";
}

function testOf({ testedVersion, testedAt, testedScanned, testedMatched }: RuleRow): Rule["lastTest"] {
  if (testedVersion === null || testedAt === null) return null;
  return { version: testedVersion, at: testedAt, scanned: testedScanned ?? 0, matched: testedMatched ?? 0 };
}
