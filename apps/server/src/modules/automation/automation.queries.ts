import { and, asc, count, desc, eq, gte, inArray, lt, max, or, type SQL, sql } from "drizzle-orm";
import type { Place } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { automationFirings, automationRules, automationRuleVersions } from "./automation.tables.ts";
import type { Trigger } from "./automation.types.ts";

export type RuleRow = typeof automationRules.$inferSelect;
export type VersionRow = typeof automationRuleVersions.$inferSelect;
export type FiringRow = typeof automationFirings.$inferSelect;

/** A rule of the tenant's; throws NOT_FOUND. */
export async function findRule(ctx: TxCtx, id: string, options: { lock?: boolean } = {}): Promise<RuleRow> {
  const query = ctx.tx
    .select()
    .from(automationRules)
    .where(and(eq(automationRules.tenantId, ctx.tenantId), eq(automationRules.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The rule");
  return row;
}

const inOrder = [desc(automationRules.priority), asc(automationRules.createdAt), asc(automationRules.id)];

/** The rules that wait for a trigger, in the order in which they run. */
export async function waitingFor(ctx: TxCtx, trigger: Trigger): Promise<{ id: string }[]> {
  return ctx.tx
    .select({ id: automationRules.id })
    .from(automationRules)
    .where(
      and(
        eq(automationRules.tenantId, ctx.tenantId),
        eq(automationRules.triggerEvent, trigger),
        eq(automationRules.enabled, true),
      ),
    )
    .orderBy(...inOrder);
}

/** That any enabled rule waits for a trigger, as a condition. */
export function hasRulesFor(tenantId: string, trigger: Trigger): SQL {
  const waiting = and(
    eq(automationRules.tenantId, tenantId),
    eq(automationRules.triggerEvent, trigger),
    eq(automationRules.enabled, true),
  );
  return sql`exists (select from ${automationRules} where ${waiting})`;
}

/** In the order in which they run. */
export async function pageOfRules(
  ctx: TxCtx,
  filter: {
    page: number;
    pageSize: number;
    enabled?: boolean | undefined;
    triggerEvent?: Trigger | undefined;
  },
): Promise<{ rows: RuleRow[]; total: number }> {
  const where = and(
    eq(automationRules.tenantId, ctx.tenantId),
    filter.enabled === undefined ? undefined : eq(automationRules.enabled, filter.enabled),
    filter.triggerEvent === undefined ? undefined : eq(automationRules.triggerEvent, filter.triggerEvent),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(automationRules).where(where);
  const rows = await ctx.tx
    .select()
    .from(automationRules)
    .where(where)
    .orderBy(...inOrder)
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function countRules(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(automationRules)
    .where(eq(automationRules.tenantId, ctx.tenantId));
  return row?.n ?? 0;
}

/** The saved texts of a rule, the newest first. */
export async function pageOfVersions(
  ctx: TxCtx,
  input: { ruleId: string; page: number; pageSize: number },
): Promise<{ rows: VersionRow[]; total: number }> {
  const where = and(
    eq(automationRuleVersions.tenantId, ctx.tenantId),
    eq(automationRuleVersions.ruleId, input.ruleId),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(automationRuleVersions).where(where);
  const rows = await ctx.tx
    .select()
    .from(automationRuleVersions)
    .where(where)
    .orderBy(desc(automationRuleVersions.version))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

const acted = inArray(automationFirings.outcome, ["done", "failed"]);

/** How often each of these rules acted since then, and when last. */
export async function activityOf(
  ctx: TxCtx,
  ruleIds: string[],
  since: Date,
): Promise<Map<string, { times: number; lastAt: Date | null }>> {
  if (ruleIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({
      ruleId: automationFirings.ruleId,
      times: count(),
      lastAt: max(automationFirings.createdAt),
    })
    .from(automationFirings)
    .where(
      and(
        eq(automationFirings.tenantId, ctx.tenantId),
        inArray(automationFirings.ruleId, ruleIds),
        gte(automationFirings.createdAt, since),
        acted,
      ),
    )
    .groupBy(automationFirings.ruleId);
  return new Map(rows.map(({ ruleId, ...activity }) => [ruleId, activity]));
}

export async function hasFired(ctx: TxCtx, ruleId: string, eventId: string): Promise<boolean> {
  const [row] = await ctx.tx
    .select({ id: automationFirings.id })
    .from(automationFirings)
    .where(
      and(
        eq(automationFirings.tenantId, ctx.tenantId),
        eq(automationFirings.ruleId, ruleId),
        eq(automationFirings.eventId, eventId),
      ),
    );
  return row !== undefined;
}

/** What a rule did in a conversation since then, the last first. */
export async function firingsSince(
  ctx: TxCtx,
  input: { ruleId: string; conversationId: string; since: Date; limit: number },
): Promise<Pick<FiringRow, "outcome">[]> {
  return ctx.tx
    .select({ outcome: automationFirings.outcome })
    .from(automationFirings)
    .where(
      and(
        eq(automationFirings.tenantId, ctx.tenantId),
        eq(automationFirings.conversationId, input.conversationId),
        eq(automationFirings.ruleId, input.ruleId),
        gte(automationFirings.createdAt, input.since),
      ),
    )
    .orderBy(desc(automationFirings.createdAt), desc(automationFirings.id))
    .limit(input.limit);
}

/** The firings in a conversation, the newest first. */
export async function firingsBefore(
  ctx: TxCtx,
  input: { conversationId: string; before: Place | null; limit: number },
): Promise<FiringRow[]> {
  const { before } = input;
  return ctx.tx
    .select()
    .from(automationFirings)
    .where(
      and(
        eq(automationFirings.tenantId, ctx.tenantId),
        eq(automationFirings.conversationId, input.conversationId),
        before
          ? or(
              lt(automationFirings.createdAt, before.at),
              and(eq(automationFirings.createdAt, before.at), lt(automationFirings.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(automationFirings.createdAt), desc(automationFirings.id))
    .limit(input.limit);
}
