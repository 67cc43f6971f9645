import { answerContradicted, answerMissing, answerRated } from "../modules/answers/index.ts";
import { classifyMessageQueue, writeBriefQueue } from "../modules/assist/index.ts";
import { automationFollowers } from "../modules/automation/index.ts";
import {
  conversationAssigned,
  conversationMoved,
  conversationUpdated,
  humanRequested,
  messageAdded,
} from "../modules/conversations/index.ts";
import { criticalEventRecorded } from "../modules/identity/index.ts";
import { agentStatusChanged } from "../modules/presence/index.ts";
import { recordHandOffQueue, recordQueue } from "../modules/problems/index.ts";
import { answerReviewed, contradictionsQueue } from "../modules/quality/index.ts";
import { distributeQueue } from "../modules/routing/index.ts";
import { alertQueue } from "../modules/security/index.ts";
import { followClocksQueue, hasPromises } from "../modules/slas/index.ts";
import { inviteQueue } from "../modules/surveys/index.ts";
import { type Follower, follow } from "../platform/events/index.ts";

/** Which queue follows which event: `follow(event, queue, toJob)`. */
export const followers: readonly Follower[] = [
  ...automationFollowers,
  // who waits may have become somebody's, or somebody may have room again
  follow(conversationMoved, distributeQueue, (tenantId, { to }) =>
    to === "awaiting_customer" ? null : { tenantId },
  ),
  follow(conversationAssigned, distributeQueue, (tenantId) => ({ tenantId })),
  follow(agentStatusChanged, distributeQueue, (tenantId) => ({ tenantId })),
  follow(answerContradicted, contradictionsQueue, (tenantId, { answerId }) => ({ tenantId, answerId })),
  follow(answerMissing, recordQueue, (tenantId, { answerId }) => ({ tenantId, answerId })),
  follow(answerRated, recordQueue, (tenantId, { answerId }) => ({ tenantId, answerId })),
  follow(answerReviewed, recordQueue, (tenantId, { answerId, verdict }) => ({
    tenantId,
    answerId,
    reviewedWrong: verdict === "wrong",
  })),
  follow(criticalEventRecorded, alertQueue, (tenantId, { eventId }) => ({ tenantId, eventId })),
  follow(humanRequested, recordHandOffQueue, (tenantId, { conversationId, at, wanted }) => ({
    tenantId,
    conversationId,
    at,
    wanted,
  })),
  follow(humanRequested, writeBriefQueue, (tenantId, { conversationId, escalationId, reason }) => ({
    tenantId,
    conversationId,
    escalationId,
    reason,
  })),
  follow(messageAdded, classifyMessageQueue, (tenantId, { conversationId, messageId, author, internal }) =>
    author === "customer" && !internal ? { tenantId, conversationId, messageId } : null,
  ),
  follow(
    messageAdded,
    followClocksQueue,
    (tenantId, { conversationId, author, internal }) =>
      internal || author === "bot" || author === "system" ? null : { tenantId, conversationId },
    wherePromised,
  ),
  follow(
    conversationMoved,
    followClocksQueue,
    (tenantId, { conversationId }) => ({ tenantId, conversationId }),
    wherePromised,
  ),
  follow(conversationMoved, inviteQueue, (tenantId, { conversationId, to }) =>
    to === "resolved" ? { tenantId, conversationId, surveyId: null } : null,
  ),
  follow(
    conversationUpdated,
    followClocksQueue,
    (tenantId, { conversationId, changed }) =>
      changed.includes("severity") ? { tenantId, conversationId } : null,
    wherePromised,
  ),
];

/** Most messages are written where nobody promised a time: these lead to no job. */
function wherePromised(tenantId: string, { conversationId }: { conversationId: string }) {
  return hasPromises({ tenantId, conversationId });
}
