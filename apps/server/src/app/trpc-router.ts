import { mergeRouters, router } from "../faces/trpc/index.ts";
import { accountProcedures } from "../modules/account/account.trpc.ts";
import { adminRouter } from "../modules/admin/admin.trpc.ts";
import { analyticsRouter } from "../modules/analytics/analytics.trpc.ts";
import { apiKeysRouter } from "../modules/api-keys/api-keys.trpc.ts";
import { assistRouter } from "../modules/assist/assist.trpc.ts";
import { automationRouter } from "../modules/automation/automation.trpc.ts";
import { botEmbeddingRouter } from "../modules/bots/bot-embedding.trpc.ts";
import { botKnowledgeRouter } from "../modules/bots/bot-knowledge.trpc.ts";
import { botSourceRouter } from "../modules/bots/bot-sources.trpc.ts";
import { botDocumentRouter, botPromptRouter, botRouter } from "../modules/bots/bots.trpc.ts";
import { aiPersonalitiesRouter } from "../modules/bots/personalities.trpc.ts";
import { answersRouter, conversationsRouter, ragQueryRouter } from "../modules/chat/chat.trpc.ts";
import { chatRouter } from "../modules/chat/messages.trpc.ts";
import { communicationRouter } from "../modules/communication/communication.trpc.ts";
import { cragRouter } from "../modules/crag/crag.trpc.ts";
import { endUsersRouter, verificationRouter } from "../modules/customer-care/end-users.trpc.ts";
import { evaluationsRouter } from "../modules/evaluations/evaluations.trpc.ts";
import { healthRouter } from "../modules/health/health.trpc.ts";
import { inboxProcedures } from "../modules/helpdesk/inbox.trpc.ts";
import { sessionsRouter } from "../modules/helpdesk/sessions.trpc.ts";
import { cannedRepliesRouter, viewsRouter } from "../modules/helpdesk/views.trpc.ts";
import { auditRouter } from "../modules/identity/audit.trpc.ts";
import { trustedDeviceProcedures } from "../modules/identity/devices/devices.trpc.ts";
import { authRouter } from "../modules/identity/identity.trpc.ts";
import { passkeysRouter } from "../modules/identity/passkeys/passkeys.trpc.ts";
import { mfaPolicyProcedures, mfaRouter } from "../modules/identity/second-factor/mfa.trpc.ts";
import {
  ownSecurityEventProcedures,
  securityEventProcedures,
} from "../modules/identity/security-events.trpc.ts";
import { intentsRouter } from "../modules/intents/intents.trpc.ts";
import { knowledgeRouter } from "../modules/knowledge/knowledge.trpc.ts";
import { invitedProcedures, usersRouter } from "../modules/members/members.trpc.ts";
import { roleProcedures } from "../modules/members/roles.trpc.ts";
import { teamsRouter } from "../modules/members/teams.trpc.ts";
import { modelProcedures } from "../modules/models/models.trpc.ts";
import { problemArticlesRouter, problemsRouter } from "../modules/problems/problems.trpc.ts";
import { qaRouter } from "../modules/qa/qa.trpc.ts";
import { qualityAssuranceRouter } from "../modules/quality/quality.trpc.ts";
import { resolutionsRouter } from "../modules/resolutions/resolutions.trpc.ts";
import { swarmsRouter } from "../modules/resolutions/swarms.trpc.ts";
import { escalationsRouter } from "../modules/routing/escalations.trpc.ts";
import { routingRouter } from "../modules/routing/routing.trpc.ts";
import { calendarsRouter, slasRouter } from "../modules/slas/slas.trpc.ts";
import { budgetRouter, pricesRouter } from "../modules/spending/spending.trpc.ts";
import { ssoProcedures, ssoSignInProcedures } from "../modules/sso/sso.trpc.ts";
import { surveysRouter } from "../modules/surveys/surveys.trpc.ts";
import { templateRouter } from "../modules/templates/templates.trpc.ts";
import { tenantRouter } from "../modules/tenants/tenants.trpc.ts";
import { usageProcedures } from "../modules/usage/usage.trpc.ts";
import { widgetConfigRouter } from "../modules/widgets/widgets.trpc.ts";

/** The one router tree of the tRPC face, over seeds 000, 001 and 003. */
export const appRouter = router({
  health: healthRouter,
  auth: mergeRouters(
    authRouter,
    router({ ...ownSecurityEventProcedures, ...invitedProcedures, ...ssoSignInProcedures }),
  ),
  user: router({ ...accountProcedures, ...usageProcedures, ...modelProcedures }),
  bot: botRouter,
  botDocument: botDocumentRouter,
  botSource: botSourceRouter,
  botPrompt: botPromptRouter,
  aiPersonalities: aiPersonalitiesRouter,
  widgetConfig: widgetConfigRouter,
  knowledge: mergeRouters(knowledgeRouter, botKnowledgeRouter, botEmbeddingRouter),
  crag: cragRouter,
  intents: intentsRouter,
  assist: assistRouter,
  conversations: mergeRouters(conversationsRouter, inboxProcedures),
  views: viewsRouter,
  cannedReplies: cannedRepliesRouter,
  sessions: sessionsRouter,
  escalations: escalationsRouter,
  routing: routingRouter,
  chat: chatRouter,
  answers: answersRouter,
  automation: automationRouter,
  communication: communicationRouter,
  ragQuery: ragQueryRouter,
  template: templateRouter,
  analytics: analyticsRouter,
  endUsers: endUsersRouter,
  verification: verificationRouter,
  evaluations: evaluationsRouter,
  problems: problemsRouter,
  problemArticles: problemArticlesRouter,
  qa: qaRouter,
  qualityAssurance: qualityAssuranceRouter,
  resolutions: resolutionsRouter,
  swarms: swarmsRouter,
  apiKeys: apiKeysRouter,
  budget: budgetRouter,
  prices: pricesRouter,
  slas: slasRouter,
  surveys: surveysRouter,
  calendars: calendarsRouter,
  audit: auditRouter,
  mfa: mfaRouter,
  passkeys: passkeysRouter,
  enterpriseSecurity: router({
    ...roleProcedures,
    ...securityEventProcedures,
    ...trustedDeviceProcedures,
    ...mfaPolicyProcedures,
    ...ssoProcedures,
  }),
  users: usersRouter,
  teams: teamsRouter,
  tenant: tenantRouter,
  admin: adminRouter,
});

export type AppRouter = typeof appRouter;
