import { answerContradicted, answerMissing, answerRated } from "../modules/answers/index.ts";
import { humanRequested } from "../modules/conversations/index.ts";
import { criticalEventRecorded } from "../modules/identity/index.ts";
import { recordHandOffQueue, recordQueue } from "../modules/problems/index.ts";
import { answerReviewed, contradictionsQueue } from "../modules/quality/index.ts";
import { alertQueue } from "../modules/security/index.ts";
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
];
