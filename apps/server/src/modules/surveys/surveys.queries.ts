import { and, count, desc, eq, inArray, isNull, or } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { surveyInvitations, surveyResponses, surveys } from "./surveys.tables.ts";

export type SurveyRow = typeof surveys.$inferSelect;
export type InvitationRow = typeof surveyInvitations.$inferSelect;
export type ResponseRow = typeof surveyResponses.$inferSelect;

export async function findSurvey(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<SurveyRow> {
  const query = ctx.tx
    .select()
    .from(surveys)
    .where(and(eq(surveys.tenantId, ctx.tenantId), eq(surveys.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The survey");
  return row;
}

/** The newest first. */
export async function pageOfSurveys(
  ctx: TxCtx,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: SurveyRow[]; total: number }> {
  const where = eq(surveys.tenantId, ctx.tenantId);
  const [totals] = await ctx.tx.select({ n: count() }).from(surveys).where(where);
  const rows = await ctx.tx
    .select()
    .from(surveys)
    .where(where)
    .orderBy(desc(surveys.createdAt), desc(surveys.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** How many were asked and have answered, by survey. */
export async function countsOf(
  ctx: TxCtx,
  surveyIds: string[],
): Promise<Map<string, { invited: number; answered: number }>> {
  if (surveyIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({
      surveyId: surveyInvitations.surveyId,
      invited: count(),
      answered: count(surveyInvitations.answeredAt),
    })
    .from(surveyInvitations)
    .where(and(eq(surveyInvitations.tenantId, ctx.tenantId), inArray(surveyInvitations.surveyId, surveyIds)))
    .groupBy(surveyInvitations.surveyId);
  return new Map(rows.map(({ surveyId, ...counts }) => [surveyId, counts]));
}

/** Those that are switched on, the oldest first. */
export function enabledSurveys(ctx: TxCtx): Promise<SurveyRow[]> {
  return ctx.tx
    .select()
    .from(surveys)
    .where(and(eq(surveys.tenantId, ctx.tenantId), eq(surveys.enabled, true)))
    .orderBy(surveys.createdAt, surveys.id);
}

/** An invitation, locked, by one of its unique names; null where there is none. */
export async function lockInvitation(
  ctx: TxCtx,
  by: { id: string } | { tokenHash: string },
): Promise<InvitationRow | null> {
  const named = "id" in by ? eq(surveyInvitations.id, by.id) : eq(surveyInvitations.tokenHash, by.tokenHash);
  const [row] = await ctx.tx
    .select()
    .from(surveyInvitations)
    .where(and(eq(surveyInvitations.tenantId, ctx.tenantId), named))
    .for("update");
  return row ?? null;
}

export async function changeInvitation(
  ctx: TxCtx,
  id: string,
  set: Partial<Omit<InvitationRow, "tenantId" | "id">>,
): Promise<void> {
  await ctx.tx
    .update(surveyInvitations)
    .set(set)
    .where(and(eq(surveyInvitations.tenantId, ctx.tenantId), eq(surveyInvitations.id, id)));
}

export async function responseOf(ctx: TxCtx, invitationId: string): Promise<ResponseRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(surveyResponses)
    .where(and(eq(surveyResponses.tenantId, ctx.tenantId), eq(surveyResponses.invitationId, invitationId)));
  return row ?? null;
}

/** The invitations of conversations with their surveys and what was answered, in the order in which they were asked. */
export async function askedOf(ctx: TxCtx, conversationIds: string[]) {
  if (conversationIds.length === 0) return [];
  return ctx.tx
    .select({ invitation: surveyInvitations, survey: surveys, response: surveyResponses })
    .from(surveyInvitations)
    .innerJoin(
      surveys,
      and(eq(surveys.tenantId, surveyInvitations.tenantId), eq(surveys.id, surveyInvitations.surveyId)),
    )
    .leftJoin(
      surveyResponses,
      and(
        eq(surveyResponses.tenantId, surveyInvitations.tenantId),
        eq(surveyResponses.invitationId, surveyInvitations.id),
      ),
    )
    .where(
      and(
        eq(surveyInvitations.tenantId, ctx.tenantId),
        inArray(surveyInvitations.conversationId, conversationIds),
      ),
    )
    .orderBy(surveyInvitations.sentAt, surveyInvitations.id)
    .limit(1_000);
}

/**
 * What a visitor of a bot's widget is still asked, the latest first: of resolved conversations that are theirs, unless
 * it was answered, put away, switched off or has expired.
 */
export async function openInvitationsOf(
  ctx: TxCtx,
  { customerId, botId }: { customerId: string; botId: string },
): Promise<{ invitation: InvitationRow; survey: SurveyRow }[]> {
  // who they turned out to be may have more, which their token does not show
  const asThemselves = and(isNull(conversations.visitorId), eq(conversations.customerId, customerId));
  const rows = await ctx.tx
    .select({ invitation: surveyInvitations, survey: surveys })
    .from(surveyInvitations)
    .innerJoin(
      surveys,
      and(eq(surveys.tenantId, surveyInvitations.tenantId), eq(surveys.id, surveyInvitations.surveyId)),
    )
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, surveyInvitations.tenantId),
        eq(conversations.id, surveyInvitations.conversationId),
      ),
    )
    .where(
      and(
        eq(surveyInvitations.tenantId, ctx.tenantId),
        eq(surveys.enabled, true),
        eq(conversations.botId, botId),
        inArray(conversations.status, ["resolved", "closed"]),
        or(asThemselves, eq(conversations.visitorId, customerId)),
        isNull(surveyInvitations.answeredAt),
        isNull(surveyInvitations.dismissedAt),
      ),
    )
    .orderBy(desc(surveyInvitations.sentAt), desc(surveyInvitations.id))
    .limit(10);
  return rows.filter(({ invitation }) => invitation.expiresAt > ctx.now());
}

/** Takes what a person wrote out of what they answered, and ends the links to it. */
export async function eraseWords(ctx: TxCtx, conversationIds: string[], erased: string): Promise<void> {
  for (const { invitation, response } of await askedOf(ctx, conversationIds)) {
    if (invitation.tokenHash !== null) await changeInvitation(ctx, invitation.id, { tokenHash: null });
    if (!response) continue;
    const answers = Object.fromEntries(
      Object.entries(response.answers).map(([key, value]) => [
        key,
        typeof value === "string" ? erased : value,
      ]),
    );
    await ctx.tx
      .update(surveyResponses)
      .set({ answers, comment: response.comment === null ? null : erased })
      .where(
        and(
          eq(surveyResponses.tenantId, ctx.tenantId),
          eq(surveyResponses.invitationId, response.invitationId),
        ),
      );
  }
}
