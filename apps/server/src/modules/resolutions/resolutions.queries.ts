import { and, count, desc, eq, ilike, inArray, or, type SQL } from "drizzle-orm";
import { containing } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { conversations, messages } from "../conversations/conversations.tables.ts";
import { customers } from "../customers/customers.tables.ts";
import type { Priority, ResolutionStatus } from "./resolution-state.ts";
import { customerUpdates, resolutionEtas, resolutions, resolutionUpdates } from "./resolutions.tables.ts";

export type ResolutionRow = typeof resolutions.$inferSelect;

/** Of each history the most that is shown. */
const mostOfHistory = 200;

export interface ResolutionFilter {
  status?: ResolutionStatus[] | undefined;
  owningTeam?: string[] | undefined;
  priority?: Priority[] | undefined;
  issueType?: string[] | undefined;
  conversationId?: string | undefined;
  slaBreached?: boolean | undefined;
  ownerId?: string | undefined;
  search?: string | undefined;
}

/** A resolution of the tenant; throws NOT_FOUND. Locked, it stays as it is until the transaction ends. */
export async function findResolution(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ResolutionRow> {
  const query = ctx.tx
    .select()
    .from(resolutions)
    .where(and(eq(resolutions.tenantId, ctx.tenantId), eq(resolutions.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The resolution");
  return row;
}

/** The latest one of a conversation. */
export async function latestOfConversation(
  ctx: TxCtx,
  conversationId: string,
): Promise<ResolutionRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(resolutions)
    .where(and(eq(resolutions.tenantId, ctx.tenantId), eq(resolutions.conversationId, conversationId)))
    .orderBy(desc(resolutions.createdAt), desc(resolutions.id))
    .limit(1);
  return row ?? null;
}

/** A page, the newest first, and how many there are. */
export async function searchResolutions(
  ctx: TxCtx,
  { page, pageSize, ...filter }: ResolutionFilter & { page: number; pageSize: number },
) {
  const where = matching(ctx, filter);
  const [totals] = await ctx.tx
    .select({ n: count() })
    .from(resolutions)
    .innerJoin(conversations, ofConversation())
    .where(where);
  const rows = await selectDescribed(ctx)
    .where(where)
    .orderBy(desc(resolutions.createdAt), desc(resolutions.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** How many there are in each state. */
export async function countByStatus(
  ctx: TxCtx,
  filter: ResolutionFilter,
): Promise<Map<ResolutionStatus, number>> {
  const rows = await ctx.tx
    .select({ status: resolutions.status, n: count() })
    .from(resolutions)
    .innerJoin(conversations, ofConversation())
    .where(matching(ctx, filter))
    .groupBy(resolutions.status);
  return new Map(rows.map(({ status, n }) => [status, n]));
}

export async function describeResolution(ctx: TxCtx, id: string) {
  const [row] = await selectDescribed(ctx).where(
    and(eq(resolutions.tenantId, ctx.tenantId), eq(resolutions.id, id)),
  );
  if (!row) throw notFound("The resolution");
  return row;
}
export type DescribedRow = Awaited<ReturnType<typeof describeResolution>>;

/** What happened, the latest of each, the oldest of those first. */
export async function historyOf(ctx: TxCtx, resolutionId: string) {
  const updates = await ctx.tx
    .select()
    .from(resolutionUpdates)
    .where(
      and(eq(resolutionUpdates.tenantId, ctx.tenantId), eq(resolutionUpdates.resolutionId, resolutionId)),
    )
    .orderBy(desc(resolutionUpdates.createdAt), desc(resolutionUpdates.id))
    .limit(mostOfHistory);
  const etas = await ctx.tx
    .select()
    .from(resolutionEtas)
    .where(and(eq(resolutionEtas.tenantId, ctx.tenantId), eq(resolutionEtas.resolutionId, resolutionId)))
    .orderBy(desc(resolutionEtas.createdAt), desc(resolutionEtas.id))
    .limit(mostOfHistory);
  const told = await selectTold(ctx)
    .where(and(eq(customerUpdates.tenantId, ctx.tenantId), eq(customerUpdates.resolutionId, resolutionId)))
    .orderBy(desc(customerUpdates.createdAt), desc(customerUpdates.id))
    .limit(mostOfHistory);
  return { updates: updates.reverse(), etas: etas.reverse(), told: told.reverse() };
}

export async function updateByClientId(ctx: TxCtx, resolutionId: string, clientId: string) {
  const [row] = await ctx.tx
    .select()
    .from(resolutionUpdates)
    .where(
      and(
        eq(resolutionUpdates.tenantId, ctx.tenantId),
        eq(resolutionUpdates.resolutionId, resolutionId),
        eq(resolutionUpdates.clientId, clientId),
      ),
    );
  return row ?? null;
}

/** What the customer was told by a message, or null. */
export async function toldByMessage(ctx: TxCtx, resolutionId: string, messageId: string) {
  const [row] = await selectTold(ctx).where(
    and(
      eq(customerUpdates.tenantId, ctx.tenantId),
      eq(customerUpdates.resolutionId, resolutionId),
      eq(customerUpdates.messageId, messageId),
    ),
  );
  return row ?? null;
}
export type ToldRow = NonNullable<Awaited<ReturnType<typeof toldByMessage>>>;

function selectTold(ctx: TxCtx) {
  return ctx.tx
    .select({ told: customerUpdates, delivery: messages.delivery })
    .from(customerUpdates)
    .leftJoin(
      messages,
      and(eq(messages.tenantId, customerUpdates.tenantId), eq(messages.id, customerUpdates.messageId)),
    )
    .$dynamic();
}

function selectDescribed(ctx: TxCtx) {
  return ctx.tx
    .select({
      resolution: resolutions,
      conversation: {
        id: conversations.id,
        subject: conversations.subject,
        status: conversations.status,
        channel: conversations.channel,
        channelsUsed: conversations.channelsUsed,
        slaBreached: conversations.slaBreached,
      },
      customerName: customers.name,
    })
    .from(resolutions)
    .innerJoin(conversations, ofConversation())
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .$dynamic();
}

function ofConversation(): SQL | undefined {
  return and(
    eq(conversations.tenantId, resolutions.tenantId),
    eq(conversations.id, resolutions.conversationId),
  );
}

function matching(ctx: TxCtx, filter: ResolutionFilter): SQL | undefined {
  const pattern = filter.search ? containing(filter.search) : undefined;
  return and(
    eq(resolutions.tenantId, ctx.tenantId),
    filter.status?.length ? inArray(resolutions.status, filter.status) : undefined,
    filter.owningTeam?.length ? inArray(resolutions.owningTeam, filter.owningTeam) : undefined,
    filter.priority?.length ? inArray(resolutions.priority, filter.priority) : undefined,
    filter.issueType?.length ? inArray(resolutions.issueType, filter.issueType) : undefined,
    filter.conversationId ? eq(resolutions.conversationId, filter.conversationId) : undefined,
    filter.ownerId ? eq(resolutions.ownerId, filter.ownerId) : undefined,
    // the promise is the conversation's, and `slas` keeps it
    filter.slaBreached === undefined ? undefined : eq(conversations.slaBreached, filter.slaBreached),
    pattern
      ? or(
          ilike(conversations.subject, pattern),
          ilike(resolutions.issueType, pattern),
          ilike(resolutions.owningTeam, pattern),
          ilike(resolutions.rootCause, pattern),
        )
      : undefined,
  );
}
