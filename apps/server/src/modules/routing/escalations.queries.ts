import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { conversations, escalations } from "../conversations/conversations.tables.ts";
import { customers } from "../customers/customers.tables.ts";
import { namesOf } from "../identity/index.ts";
import type { Escalation, EscalationFilter } from "./escalations.schema.ts";

function select(ctx: TxCtx) {
  return ctx.tx
    .select({ escalation: escalations, subject: conversations.subject, customerName: customers.name })
    .from(escalations)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, escalations.tenantId), eq(conversations.id, escalations.conversationId)),
    )
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .$dynamic();
}

function matching(ctx: TxCtx, filter: Partial<EscalationFilter>) {
  return and(
    eq(escalations.tenantId, ctx.tenantId),
    filter.status ? eq(escalations.status, filter.status) : undefined,
    filter.priority ? eq(escalations.priority, filter.priority) : undefined,
    filter.assigneeId ? eq(escalations.assigneeId, filter.assigneeId) : undefined,
    filter.conversationId ? eq(escalations.conversationId, filter.conversationId) : undefined,
  );
}

const isOpen = sql`(${escalations.status} in ('pending', 'assigned'))`;

/** What is open first, of that the oldest; of what has ended the newest. */
export async function searchEscalations(
  ctx: TxCtx,
  filter: EscalationFilter,
): Promise<{ items: Escalation[]; total: number }> {
  const where = matching(ctx, filter);
  const [totals] = await ctx.tx.select({ n: count() }).from(escalations).where(where);
  const rows = await select(ctx)
    .where(where)
    .orderBy(
      desc(isOpen),
      asc(sql`case when ${isOpen} then ${escalations.createdAt} end`),
      desc(escalations.createdAt),
      asc(escalations.id),
    )
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { items: await describe(ctx, rows), total: totals?.n ?? 0 };
}

export async function findEscalation(ctx: TxCtx, id: string): Promise<Escalation> {
  const rows = await select(ctx).where(and(eq(escalations.tenantId, ctx.tenantId), eq(escalations.id, id)));
  const [found] = await describe(ctx, rows);
  if (!found) throw notFound("The escalation");
  return found;
}

type Row = Awaited<ReturnType<typeof select>>[number];

async function describe(ctx: TxCtx, rows: Row[]): Promise<Escalation[]> {
  const names = await namesOf(
    ctx,
    rows.map(({ escalation }) => escalation.assigneeId),
  );
  return rows.map(({ escalation: { tenantId: _, assigneeId, ...escalation }, subject, customerName }) => ({
    ...escalation,
    subject,
    customerName,
    assignee: assigneeId ? { id: assigneeId, name: names.get(assigneeId) ?? "A former colleague" } : null,
  }));
}
