import { answerContradicted } from "../modules/answers/index.ts";
import { contradictionsQueue } from "../modules/quality/index.ts";
import { type Follower, follow } from "../platform/events/index.ts";

/** Which queue follows which event: `follow(event, queue, toJob)`. */
export const followers: readonly Follower[] = [
  follow(answerContradicted, contradictionsQueue, (tenantId, { answerId }) => ({ tenantId, answerId })),
];
