import { answerContradicted, answerMissing, answerRated } from "../modules/answers/index.ts";
import {
  conversationMoved,
  conversationUpdated,
  humanRequested,
  messageAdded,
} from "../modules/conversations/index.ts";
import { criticalEventRecorded } from "../modules/identity/index.ts";
import { recordHandOffQueue, recordQueue } from "../modules/problems/index.ts";
import { answerReviewed, contradictionsQueue } from "../modules/quality/index.ts";
import { alertQueue } from "../modules/security/index.ts";
import { followClocksQueue } from "../modules/slas/index.ts";
import { type Follower, follow } from "../platform/events/index.ts";

/** Which queue follows which event: `follow(event, queue, toJob)`. */
export const followers: readonly Follower[] = [
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
  follow(messageAdded, followClocksQueue, (tenantId, { conversationId, author, internal }) =>
    internal || author === "bot" || author === "system" ? null : { tenantId, conversationId },
  ),
  follow(conversationMoved, followClocksQueue, (tenantId, { conversationId }) => ({
    tenantId,
    conversationId,
  })),
  follow(conversationUpdated, followClocksQueue, (tenantId, { conversationId, changed }) =>
    changed.includes("severity") ? { tenantId, conversationId } : null,
  ),
];
