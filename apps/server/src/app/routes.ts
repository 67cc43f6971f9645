import type { Route } from "../faces/http/route.ts";
import { v1AiRoutes } from "../modules/assist/assist.v1-api.ts";
import { v1AutomationRoutes } from "../modules/automation/automation.v1-api.ts";
import { chatAttachmentRoutes } from "../modules/chat/attachments.rest-api.ts";
import { chatRoutes } from "../modules/chat/chat.rest-api.ts";
import { textReportRoutes } from "../modules/communication/reports.rest-api.ts";
import { chatUserRoutes } from "../modules/customer-care/chat-users.tenant-api.ts";
import { v1CustomerRoutes } from "../modules/customer-care/customers.v1-api.ts";
import { identifyRoutes } from "../modules/customer-care/identify.rest-api.ts";
import { evaluationRoutes } from "../modules/evaluations/evaluations.rest-api.ts";
import { healthRoutes } from "../modules/health/health.rest-api.ts";
import { v1ConversationRoutes } from "../modules/helpdesk/conversations.v1-api.ts";
import { v1MessageRoutes } from "../modules/helpdesk/messages.v1-api.ts";
import { tenantSessionRoutes } from "../modules/helpdesk/sessions.tenant-api.ts";
import { auditRoutes } from "../modules/identity/audit.rest-api.ts";
import { v1TeamRoutes } from "../modules/members/teams.v1-api.ts";
import { v1UserRoutes } from "../modules/members/users.v1-api.ts";
import { openAiRoutes } from "../modules/openai-api/openai-api.rest-api.ts";
import { slackEventRoutes } from "../modules/resolutions/mirror/slack-events.rest-api.ts";
import { v1ResolutionRoutes } from "../modules/resolutions/resolutions.v1-api.ts";
import { v1SwarmRoutes } from "../modules/resolutions/swarms.v1-api.ts";
import { escalationRoutes } from "../modules/routing/escalations.tenant-api.ts";
import { v1RoutingRoutes } from "../modules/routing/routing.v1-api.ts";
import { supporterRoutes } from "../modules/routing/supporter.tenant-api.ts";
import { v1SlaRoutes } from "../modules/slas/slas.v1-api.ts";
import { surveyRoutes } from "../modules/surveys/surveys.rest-api.ts";
import { templateRoutes } from "../modules/templates/templates.rest-api.ts";
import { certificateRoutes } from "../modules/tenants/certificates.rest-api.ts";
import { tenantRoutes } from "../modules/tenants/tenants.tenant-api.ts";
import { tenantApiAuthRoutes } from "../modules/tokens/tokens.tenant-api.ts";
import { v1AuthRoutes } from "../modules/tokens/tokens.v1-api.ts";
import { publicPageRoutes } from "../modules/widgets/widgets.rest-api.ts";

/** Every HTTP route that is declared as a record. */
export const httpRoutes: Route[] = [
  ...healthRoutes,
  ...chatRoutes,
  ...chatAttachmentRoutes,
  ...surveyRoutes,
  ...templateRoutes,
  ...openAiRoutes,
  ...evaluationRoutes,
  ...publicPageRoutes,
  ...v1AuthRoutes,
  ...tenantApiAuthRoutes,
  ...tenantRoutes,
  ...certificateRoutes,
  ...auditRoutes,
  ...v1UserRoutes,
  ...v1TeamRoutes,
  ...v1ConversationRoutes,
  ...v1MessageRoutes,
  ...tenantSessionRoutes,
  ...v1RoutingRoutes,
  ...escalationRoutes,
  ...supporterRoutes,
  ...v1CustomerRoutes,
  ...chatUserRoutes,
  ...identifyRoutes,
  ...v1AutomationRoutes,
  ...v1AiRoutes,
  ...v1SlaRoutes,
  ...v1ResolutionRoutes,
  ...v1SwarmRoutes,
  ...slackEventRoutes,
  ...textReportRoutes,
];
