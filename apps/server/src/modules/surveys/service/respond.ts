import { isDeepStrictEqual } from "node:util";
import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findConversation } from "../../conversations/index.ts";
import { findCustomer } from "../../customers/index.ts";
import { findTenant, recordAudit, tenantStatus } from "../../identity/index.ts";
import { readSurveyToken } from "../survey-token.ts";
import { surveyAnswered, surveyDismissed } from "../surveys.events.ts";
import * as queries from "../surveys.queries.ts";
import type { Answer, Opened } from "../surveys.schema.ts";
import { languageOf } from "../surveys.strings.ts";
import { surveyResponses } from "../surveys.tables.ts";
import { toAsked } from "./pending.ts";
import { checkAnswers, scoreOf } from "./score.ts";

/** What a link leads to, for whoever has it; the first look is noted. Throws NOT_FOUND for a token that opens nothing. */
export async function openSurvey(
  services: Services,
  { token, ipAddress }: { token: string; ipAddress: string | null },
): Promise<Opened> {
  return byToken(services, { token, ipAddress }, async (ctx, invitation) => {
    const survey = await queries.findSurvey(ctx, invitation.surveyId);
    const { name } = await findTenant(ctx.tenantId);
    const conversation = await findConversation(ctx, invitation.conversationId);
    const customer =
      conversation.customerId === null ? null : await findCustomer(ctx, conversation.customerId);
    if (invitation.openedAt === null) {
      await queries.changeInvitation(ctx, invitation.id, { openedAt: ctx.now() });
    }
    const state = stateOf(ctx, invitation);
    return {
      state,
      workspace: name,
      language: languageOf(conversation.language, customer?.locale ?? null),
      survey: state === "open" ? toAsked({ invitation, survey }) : null,
    };
  });
}

/** Answers by link. */
export async function respondByLink(
  services: Services,
  { token, ipAddress, ...answer }: Answer & { token: string; ipAddress: string | null },
): Promise<void> {
  await byToken(services, { token, ipAddress }, (ctx, invitation) => respond(ctx, invitation, answer));
}

/** Answers in the widget, by the visitor's own token; somebody else's invitation is not found. */
export async function respondInWidget(
  ctx: Ctx,
  { conversationId, invitationId, ...answer }: Answer & { conversationId: string; invitationId: string },
): Promise<void> {
  await inTx(ctx, async (ctx) =>
    respond(ctx, await visitorsInvitation(ctx, { conversationId, invitationId }), answer),
  );
}

/** Puts a survey away in the widget; a link to it goes on working. */
export async function dismissInWidget(
  ctx: Ctx,
  input: { conversationId: string; invitationId: string },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const invitation = await visitorsInvitation(ctx, input);
    if (invitation.dismissedAt !== null || invitation.answeredAt !== null) return;
    await queries.changeInvitation(ctx, invitation.id, { dismissedAt: ctx.now() });
    await recordAudit(ctx, {
      action: "survey.dismissed",
      subjectType: "survey",
      subjectId: invitation.surveyId,
      after: { conversationId: invitation.conversationId },
    });
    await emit(ctx, surveyDismissed, aboutInvitation(ctx, invitation));
  });
}

/** An answer is final: another one is refused, the same one sent again is as the first. */
async function respond(ctx: TxCtx, invitation: queries.InvitationRow, answer: Answer): Promise<void> {
  const survey = await queries.findSurvey(ctx, invitation.surveyId);
  const answers = checkAnswers(survey.questions, answer.answers);
  const comment = answer.comment || null;
  if (invitation.answeredAt !== null) {
    const known = await queries.responseOf(ctx, invitation.id);
    if (isDeepStrictEqual({ answers, comment }, { answers: known?.answers, comment: known?.comment })) return;
    throw new AppError("CONFLICT", "This survey was answered already. An answer cannot be changed.");
  }
  if (invitation.expiresAt <= ctx.now()) {
    throw new AppError("CONFLICT", "This survey has closed. It can be answered no more.");
  }
  const score = scoreOf(survey.kind, survey.questions, answers);
  await ctx.tx.insert(surveyResponses).values({
    tenantId: ctx.tenantId,
    invitationId: invitation.id,
    answers,
    score,
    comment,
    surveyVersion: survey.version,
    createdAt: ctx.now(),
  });
  await queries.changeInvitation(ctx, invitation.id, {
    answeredAt: ctx.now(),
    openedAt: invitation.openedAt ?? ctx.now(),
  });
  // never the words: they are a person's
  await recordAudit(ctx, {
    action: "survey.answered",
    subjectType: "survey",
    subjectId: survey.id,
    after: { conversationId: invitation.conversationId, score },
  });
  await emit(ctx, surveyAnswered, aboutInvitation(ctx, invitation));
}

function aboutInvitation(ctx: TxCtx, { id, surveyId, conversationId }: queries.InvitationRow) {
  return { surveyId, invitationId: id, conversationId, at: ctx.now().toISOString() };
}

/** Runs as the server, in the tenant that the token names, with the invitation locked. */
async function byToken<Result>(
  services: Services,
  { token, ipAddress }: { token: string; ipAddress: string | null },
  work: (ctx: TxCtx, invitation: queries.InvitationRow) => Promise<Result>,
): Promise<Result> {
  const read = readSurveyToken(token);
  if (!read || (await tenantStatus(services.db, read.tenantId)) !== "active") throw notFound("The survey");
  const ctx = contextFor(services, { kind: "system", name: "survey" }, read.tenantId, ipAddress);
  return inTx(ctx, async (ctx) => {
    const invitation = await queries.lockInvitation(ctx, read);
    if (!invitation) throw notFound("The survey");
    return work(ctx, invitation);
  });
}

async function visitorsInvitation(
  ctx: TxCtx,
  { conversationId, invitationId }: { conversationId: string; invitationId: string },
): Promise<queries.InvitationRow> {
  const invitation = await queries.lockInvitation(ctx, { id: invitationId });
  // the widget may be in a newer conversation by now: both must be this visitor's
  await findConversation(ctx, conversationId);
  if (!invitation) throw notFound("The survey");
  try {
    await findConversation(ctx, invitation.conversationId);
  } catch {
    throw notFound("The survey");
  }
  return invitation;
}

function stateOf(ctx: TxCtx, { answeredAt, expiresAt }: queries.InvitationRow): Opened["state"] {
  if (answeredAt !== null) return "answered";
  return expiresAt <= ctx.now() ? "expired" : "open";
}
