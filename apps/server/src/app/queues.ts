import { classifyMessageQueue, trainLabelsQueue, writeBriefQueue } from "../modules/assist/index.ts";
import { automationQueue } from "../modules/automation/index.ts";
import { textQueue } from "../modules/communication/index.ts";
import { evaluationQueue } from "../modules/evaluations/index.ts";
import { accountMailQueue, failedSignInQueue } from "../modules/identity/index.ts";
import { trainIntentsQueue } from "../modules/intents/index.ts";
import {
  crawlQueue,
  deleteBlobsQueue,
  embeddingQueue,
  ingestQueue,
  renewIndexQueue,
} from "../modules/knowledge/index.ts";
import { mailQueue } from "../modules/mail/index.ts";
import { reclusterQueue, recordHandOffQueue, recordQueue, retestQueue } from "../modules/problems/index.ts";
import { contradictionsQueue } from "../modules/quality/index.ts";
import { mirrorQueue } from "../modules/resolutions/index.ts";
import { mergeQueue } from "../modules/retrieval/index.ts";
import { awayQueue, distributeQueue } from "../modules/routing/index.ts";
import { alertQueue } from "../modules/security/index.ts";
import { followClocksQueue, sweepQueue } from "../modules/slas/index.ts";
import { inviteQueue } from "../modules/surveys/index.ts";
import { deletionQueue, exportQueue } from "../modules/tenants/index.ts";
import type { AnyQueue } from "../platform/jobs/index.ts";
import { maintenanceQueue } from "./maintenance.ts";
import { refreshSourcesQueue } from "./refresh-sources.ts";

/** Every queue of the product; `build-worker.ts` says who handles them. */
export const queues: readonly AnyQueue[] = [
  ingestQueue,
  crawlQueue,
  embeddingQueue,
  deleteBlobsQueue,
  mergeQueue,
  renewIndexQueue,
  trainIntentsQueue,
  classifyMessageQueue,
  trainLabelsQueue,
  writeBriefQueue,
  contradictionsQueue,
  recordQueue,
  recordHandOffQueue,
  reclusterQueue,
  retestQueue,
  evaluationQueue,
  mailQueue,
  textQueue,
  accountMailQueue,
  failedSignInQueue,
  alertQueue,
  distributeQueue,
  awayQueue,
  exportQueue,
  deletionQueue,
  followClocksQueue,
  sweepQueue,
  automationQueue,
  inviteQueue,
  mirrorQueue,
  maintenanceQueue,
  refreshSourcesQueue,
];
