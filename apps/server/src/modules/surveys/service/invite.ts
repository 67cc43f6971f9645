import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, findConversation, isOpen } from "../../conversations/index.ts";
import { findCustomer } from "../../customers/index.ts";
import { assertCan, findTenant, recordAudit } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { newSurveyToken } from "../survey-token.ts";
import { surveyInvited } from "../surveys.events.ts";
import { inviteQueue } from "../surveys.jobs.ts";
import * as queries from "../surveys.queries.ts";
import { inLanguage, languageOf, surveyMail } from "../surveys.strings.ts";
import { surveyInvitations } from "../surveys.tables.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Asks what there is to ask of a conversation that was resolved, each survey once for ever: running again adds nothing.
 * A survey with a delay is put off; by then the conversation must still be resolved. With `surveyId`, that one alone.
 */
export async function inviteToSurveys(
  ctx: Ctx,
  { conversationId, surveyId }: { conversationId: string; surveyId: string | null },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const conversation = await lockedOrNull(ctx, conversationId);
    if (!conversation || !isAsked(conversation)) return;
    for (const survey of await queries.enabledSurveys(ctx)) {
      if (!isMeant(survey, conversation) || (surveyId !== null && surveyId !== survey.id)) continue;
      const { delayMinutes } = survey.trigger;
      if (surveyId === null && delayMinutes > 0) {
        const later = { tenantId: ctx.tenantId, conversationId, surveyId: survey.id };
        await ctx.jobs.enqueue(inviteQueue, later, { afterSeconds: delayMinutes * 60 });
      } else {
        await invite(ctx, survey, conversation);
      }
    }
  });
}

/**
 * A new link by which the customer of a conversation answers a survey, to be handed to them; the one before works no
 * more. Whoever was not asked yet is asked by this.
 */
export async function createSurveyLink(
  ctx: Ctx,
  { surveyId, conversationId }: { surveyId: string; conversationId: string },
): Promise<{ url: string; expiresAt: Date }> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const survey = await queries.findSurvey(ctx, surveyId);
    const conversation = await findConversation(ctx, conversationId, { lock: true });
    if (conversation.customerId === null) {
      throw new AppError("VALIDATION_ERROR", "Nobody can be asked: this conversation is with no customer.");
    }
    const made = await invite(ctx, survey, conversation, { mail: false });
    const known = made ?? (await invitationOf(ctx, survey, conversation));
    const { token, tokenHash } = newSurveyToken(ctx.tenantId);
    await queries.changeInvitation(ctx, known.id, { tokenHash });
    await recordAudit(ctx, {
      action: "survey.link_created",
      subjectType: "survey",
      subjectId: surveyId,
      after: { conversationId, expiresAt: known.expiresAt },
    });
    return { url: linkOf(ctx, token), expiresAt: known.expiresAt };
  });
}

async function lockedOrNull(ctx: TxCtx, conversationId: string): Promise<ConversationRow | null> {
  try {
    return await findConversation(ctx, conversationId, { lock: true });
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** A customer wrote in it, and it is over: neither open again nor emptied into another. */
function isAsked(conversation: ConversationRow): boolean {
  const { customerId, status, mergedIntoId, messageCount } = conversation;
  return customerId !== null && !isOpen(status) && mergedIntoId === null && messageCount > 0;
}

function isMeant({ trigger }: queries.SurveyRow, { botId, channel }: ConversationRow): boolean {
  const ofBot = trigger.botIds.length === 0 || (botId !== null && trigger.botIds.includes(botId));
  return ofBot && (trigger.channels.length === 0 || trigger.channels.includes(channel));
}

/** Writes the invitation and mails its link where it can be; null where this survey was asked here before. */
async function invite(
  ctx: TxCtx,
  survey: queries.SurveyRow,
  conversation: ConversationRow,
  { mail = true }: { mail?: boolean } = {},
): Promise<queries.InvitationRow | null> {
  const now = ctx.now();
  const [row] = await ctx.tx
    .insert(surveyInvitations)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      surveyId: survey.id,
      conversationId: conversation.id,
      botId: conversation.botId,
      agentId: conversation.assigneeId,
      channel: conversation.channel,
      sentAt: now,
      expiresAt: new Date(now.getTime() + survey.trigger.openDays * day),
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return null;
  await recordAudit(ctx, {
    action: "survey.invited",
    subjectType: "survey",
    subjectId: survey.id,
    after: { conversationId: conversation.id, channel: row.channel, expiresAt: row.expiresAt },
  });
  if (mail && survey.trigger.byEmail) await mailLink(ctx, survey, conversation, row);
  await emit(ctx, surveyInvited, {
    surveyId: survey.id,
    invitationId: row.id,
    conversationId: conversation.id,
    visitorId: conversation.visitorId ?? conversation.customerId,
    at: now.toISOString(),
  });
  return row;
}

/** To the address that is known of the customer; without one, or without a mail server, nothing is sent. */
async function mailLink(
  ctx: TxCtx,
  survey: queries.SurveyRow,
  conversation: ConversationRow,
  invitation: queries.InvitationRow,
): Promise<void> {
  if (!ctx.ports.mailer.canSend || conversation.customerId === null) return;
  const customer = await findCustomer(ctx, conversation.customerId);
  const [question] = survey.questions;
  if (customer.email === null || !question) return;
  const language = languageOf(conversation.language, customer.locale);
  const { token, tokenHash } = newSurveyToken(ctx.tenantId);
  const { name: workspace } = await findTenant(ctx.tenantId);
  const words = surveyMail(language, {
    workspace,
    question: inLanguage(question.text, language),
    link: linkOf(ctx, token),
    days: survey.trigger.openDays,
  });
  await queueMail(ctx, { to: customer.email, ...words });
  await queries.changeInvitation(ctx, invitation.id, { tokenHash, mailedAt: ctx.now() });
  await recordAudit(ctx, {
    action: "survey.mailed",
    subjectType: "survey",
    subjectId: survey.id,
    after: { conversationId: conversation.id },
  });
}

function linkOf(ctx: TxCtx, token: string): string {
  return `${ctx.publicUrl}/s/${token}`;
}

/** The one that there is already. */
async function invitationOf(
  ctx: TxCtx,
  survey: queries.SurveyRow,
  conversation: ConversationRow,
): Promise<queries.InvitationRow> {
  const [row] = await ctx.tx
    .select()
    .from(surveyInvitations)
    .where(
      and(
        eq(surveyInvitations.tenantId, ctx.tenantId),
        eq(surveyInvitations.surveyId, survey.id),
        eq(surveyInvitations.conversationId, conversation.id),
      ),
    );
  if (!row) throw new Error("An invitation that exists was not found.");
  return row;
}
