import { and, count, desc, eq, inArray, sql } from "drizzle-orm";
import { countedUpTo, type PageStart } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { customerMerges, customers } from "../customers/customers.tables.ts";
import type { ConversationBrief, CustomerDetail, CustomerStats } from "./customer-care.schema.ts";

const ofCustomer = (ctx: TxCtx, customerId: string) =>
  and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.customerId, customerId));

/** A row's place among a customer's conversations. */
export type ConversationEnd = Pick<ConversationBrief, "createdAt" | "id">;

/** A page of a customer's conversations, the newest first. */
export async function conversationsOf(
  ctx: TxCtx,
  customerId: string,
  { after, offset, limit }: PageStart<ConversationEnd>,
): Promise<ConversationBrief[]> {
  const { createdAt, id } = conversations;
  const rows = await ctx.tx
    .select()
    .from(conversations)
    .where(
      and(
        ofCustomer(ctx, customerId),
        after
          ? sql`(${createdAt}, ${id}) < (${sql.param(after.createdAt, createdAt)}, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(limit)
    .offset(offset);
  return rows.map(toBrief);
}

/** How many conversations a customer has, up to `countedUpTo`. */
export async function countConversationsOf(ctx: TxCtx, customerId: string): Promise<number> {
  const some = ctx.tx
    .select({ one: sql`1`.as("one") })
    .from(conversations)
    .where(ofCustomer(ctx, customerId))
    .limit(countedUpTo)
    .as("some");
  const [row] = await ctx.tx.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

export async function statsOf(ctx: TxCtx, customerId: string): Promise<CustomerStats> {
  const [row] = await ctx.tx
    .select({
      totalConversations: count(),
      openConversations: sql<number>`(count(*) filter (where ${conversations.status} not in ('resolved', 'closed')))::int`,
      seconds: sql<
        number | null
      >`(avg(extract(epoch from ${conversations.resolvedAt} - ${conversations.createdAt})))::float8`,
      lastContactAt: sql`max(${conversations.lastMessageAt})`.mapWith(conversations.lastMessageAt),
    })
    .from(conversations)
    .where(ofCustomer(ctx, customerId));
  const seconds = row?.seconds ?? null;
  return {
    totalConversations: row?.totalConversations ?? 0,
    openConversations: row?.openConversations ?? 0,
    avgResolutionTimeHours: seconds === null ? null : Math.round(seconds / 36) / 100,
    lastContactAt: row?.lastContactAt ?? null,
  };
}

/** Who was merged into a customer and is not parted again, the latest first. */
export async function mergedInto(ctx: TxCtx, customerId: string): Promise<CustomerDetail["merged"]> {
  return ctx.tx
    .select({
      customerId: customerMerges.sourceId,
      name: customers.name,
      mergedAt: customerMerges.createdAt,
      mergedBy: customerMerges.mergedBy,
    })
    .from(customerMerges)
    .innerJoin(
      customers,
      and(eq(customers.tenantId, customerMerges.tenantId), eq(customers.id, customerMerges.sourceId)),
    )
    .where(
      and(
        eq(customerMerges.tenantId, ctx.tenantId),
        eq(customerMerges.targetId, customerId),
        sql`${customerMerges.undoneAt} is null`,
      ),
    )
    .orderBy(desc(customerMerges.targetVersion));
}

/** Conversations of these customers, so that erasing finds also what a merged one holds. */
export async function holdersOf(ctx: TxCtx, customerId: string): Promise<string[]> {
  const found = [customerId];
  for (let ids = [customerId]; ids.length > 0; ) {
    const rows = await ctx.tx
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.tenantId, ctx.tenantId), inArray(customers.mergedIntoId, ids)));
    ids = rows.map(({ id }) => id);
    found.push(...ids);
  }
  return found;
}

/** In the words of seed 004. */
export const channelName = (channel: string): string => (channel === "widget" ? "web_chat" : channel);

function toBrief(row: typeof conversations.$inferSelect): ConversationBrief {
  const channelsUsed = row.channelsUsed.length > 0 ? row.channelsUsed : [row.channel];
  return {
    id: row.id,
    state: row.status,
    currentChannel: channelName(channelsUsed.at(-1) ?? row.channel),
    channelsUsed: channelsUsed.map(channelName),
    subject: row.subject,
    summary: row.summary,
    severity: row.severity,
    intent: row.intent,
    sentiment: row.sentiment,
    tags: row.tags,
    assignedAgentId: row.assigneeId,
    assignedTeamId: row.teamId,
    messageCount: row.messageCount,
    lastMessageAt: row.lastMessageAt,
    resolvedAt: row.resolvedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
