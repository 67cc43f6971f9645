import { and, asc, count, eq, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { conversations, escalations, messages } from "../conversations/conversations.tables.ts";
import { type ConversationRow, conversationStatuses, isWithHuman } from "../conversations/index.ts";
import { customers } from "../customers/customers.tables.ts";

const withHuman = inArray(conversations.status, conversationStatuses.filter(isWithHuman));

/** How many conversations each of these people has in hand. */
export async function loadsOf(ctx: TxCtx, userIds: readonly string[]): Promise<Map<string, number>> {
  const loads = new Map<string, number>(userIds.map((id) => [id, 0]));
  if (userIds.length === 0) return loads;
  const rows = await ctx.tx
    .select({ agentId: conversations.assigneeId, n: count() })
    .from(conversations)
    .where(
      and(
        eq(conversations.tenantId, ctx.tenantId),
        inArray(conversations.assigneeId, [...userIds]),
        withHuman,
      ),
    )
    .groupBy(conversations.assigneeId);
  for (const { agentId, n } of rows) if (agentId) loads.set(agentId, n);
  return loads;
}

/** Which waiting conversations somebody may take. */
export interface Fitness {
  teamIds: readonly string[];
  skills: readonly string[];
  /** Only from this team's queue; otherwise also what is in nobody's. */
  onlyTeamId?: string | undefined;
}

function fits(ctx: TxCtx, { teamIds, skills, onlyTeamId }: Fitness): SQL | undefined {
  const ofTheirs = teamIds.length > 0 ? inArray(conversations.teamId, [...teamIds]) : sql`false`;
  return and(
    eq(conversations.tenantId, ctx.tenantId),
    isNotNull(conversations.queuedAt),
    isNull(conversations.assigneeId),
    or(isNull(conversations.snoozedUntil), lte(conversations.snoozedUntil, ctx.now())),
    onlyTeamId ? eq(conversations.teamId, onlyTeamId) : or(isNull(conversations.teamId), ofTheirs),
    sql`${conversations.requiredSkills} <@ ${sql.param([...skills])}::text[]`,
  );
}

/** The worse of what was asked and what was found: urgent is P0, high P1, normal P2, low P3. */
const urgency = sql`greatest(
  coalesce((
    select max(case ${escalations.priority} when 'urgent' then 3 when 'high' then 2 when 'normal' then 1 else 0 end)
    from ${escalations}
    where ${escalations.tenantId} = ${conversations.tenantId}
      and ${escalations.conversationId} = ${conversations.id}
      and ${escalations.status} = 'pending'
  ), 1),
  case ${conversations.severity} when 'P0' then 3 when 'P1' then 2 when 'P2' then 1 else 0 end
)`;

/**
 * The next conversation that waits, in fair order: the most urgent, then the one that waits longest. Locked; one that
 * somebody else has locked at the moment is passed over, so that of many who ask at once each gets another one.
 */
export async function takeNextWaiting(ctx: TxCtx, fitness: Fitness): Promise<ConversationRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(conversations)
    .where(fits(ctx, fitness))
    .orderBy(sql`${urgency} desc`, asc(conversations.queuedAt), asc(conversations.id))
    .limit(1)
    .for("update", { of: conversations, skipLocked: true });
  return row ?? null;
}

export async function countWaiting(ctx: TxCtx, fitness: Fitness): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(conversations).where(fits(ctx, fitness));
  return row?.n ?? 0;
}

/** Whether anything waits at all, for whomever. */
export async function isAnythingWaiting(ctx: TxCtx): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.tenantId, ctx.tenantId), isNotNull(conversations.queuedAt)))
    .limit(1);
  return rows.length > 0;
}

/** Rows of a queue that are shown at most; capacities end at 100. */
const mostShown = 200;

const unread = sql<number>`(
  select count(*)::int from ${messages}
  where ${messages.tenantId} = ${conversations.tenantId}
    and ${messages.conversationId} = ${conversations.id}
    and ${messages.author} = 'customer'
    and ${messages.sequence} > ${conversations.agentReadSequence}
)`;

/** What somebody has in hand, or one conversation of it: who waits longest first. */
export function describeQueue(ctx: TxCtx, of: { agentId: string } | { conversationId: string }) {
  const which =
    "agentId" in of
      ? and(eq(conversations.assigneeId, of.agentId), withHuman)
      : eq(conversations.id, of.conversationId);
  return ctx.tx
    .select({ conversation: conversations, customerName: customers.name, unread })
    .from(conversations)
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .where(and(eq(conversations.tenantId, ctx.tenantId), which))
    .orderBy(asc(conversations.slaDueAt), asc(conversations.lastMessageAt), asc(conversations.id))
    .limit(mostShown);
}
