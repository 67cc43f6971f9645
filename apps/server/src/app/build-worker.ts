import { contextFor, type Services } from "../faces/principal.ts";
import {
  classifyMessage,
  classifyMessageQueue,
  trainLabelsQueue,
  trainTaughtLabels,
  writeBriefOfRequest,
  writeBriefQueue,
} from "../modules/assist/index.ts";
import { automationQueue, runRules } from "../modules/automation/index.ts";
import { retrievalSettingsOf } from "../modules/bots/index.ts";
import { deliverText, giveUpText, textQueue } from "../modules/communication/index.ts";
import { evaluationQueue, runEvaluation } from "../modules/evaluations/index.ts";
import {
  accountMailQueue,
  failedSignInQueue,
  recordAudit,
  recordFailedSignIn,
  writeAccountMail,
} from "../modules/identity/index.ts";
import { trainIntents, trainIntentsQueue } from "../modules/intents/index.ts";
import {
  buildEmbedding,
  crawlQueue,
  createExtractionPool,
  deleteBlobsQueue,
  embeddingQueue,
  giveUpCrawl,
  giveUpDocument,
  ingestDocument,
  ingestQueue,
  renewIndex,
  renewIndexQueue,
  renewOutdatedIndexes,
  runCrawl,
} from "../modules/knowledge/index.ts";
import { giveUpMail, mailQueue, sendMail } from "../modules/mail/index.ts";
import {
  reclusterQueue,
  recordAnswer,
  recordHandOff,
  recordHandOffQueue,
  recordQueue,
  retestQueue,
  runClustering,
  runTest,
} from "../modules/problems/index.ts";
import { contradictionsQueue, recordContradictions } from "../modules/quality/index.ts";
import { mirrorQueue, mirrorSwarm } from "../modules/resolutions/index.ts";
import { mergeIndex, mergeQueue } from "../modules/retrieval/index.ts";
import { awayQueue, awaySchedule, distribute, distributeQueue } from "../modules/routing/index.ts";
import { alertAdmins, alertQueue } from "../modules/security/index.ts";
import { followClocks, followClocksQueue, sweepQueue, sweepSchedule } from "../modules/slas/index.ts";
import { inviteQueue, inviteToSurveys } from "../modules/surveys/index.ts";
import { deletionQueue, exportQueue, runDeletion, runExport } from "../modules/tenants/index.ts";
import { inTx } from "../platform/ctx/index.ts";
import type { Ctx } from "../ports/index.ts";
import { maintenanceQueue, maintenanceSchedule, runMaintenance } from "./maintenance.ts";
import { pausingJobs } from "./pausing-jobs.ts";
import { refreshSources, refreshSourcesQueue, refreshSourcesSchedule } from "./refresh-sources.ts";
import { returnAllFromAway } from "./return-from-away.ts";
import { sweepSlas } from "./sweep-slas.ts";

/** Handles the jobs of every queue in this process. */
export async function startWorker(services: Services): Promise<{ close(): Promise<void> }> {
  const jobs = pausingJobs(services);
  const pool = createExtractionPool({});
  const contextOf = (tenantId: string) =>
    contextFor(services, { kind: "system", name: "worker" }, tenantId, null);
  const counted = async (queue: string, work: () => Promise<void>) => {
    try {
      await work();
      services.metrics.countJob(queue, "completed");
    } catch (error) {
      services.metrics.countJob(queue, "failed");
      services.log.error({ error, queue }, "a job failed");
      throw error;
    }
  };

  await jobs.work(
    ingestQueue,
    ({ data: { tenantId, documentId, version }, lastTry }) =>
      counted(ingestQueue.name, async () => {
        const ctx = contextOf(tenantId);
        const chunking = await retrievalSettingsOf(ctx, documentId);
        const input = { documentId, version, chunking };
        try {
          await ingestDocument(ctx, pool, input);
        } catch (error) {
          if (lastTry) await giveUpDocument(ctx, input, error);
          throw error;
        }
      }),
    { concurrency: 2 },
  );
  await jobs.work(
    crawlQueue,
    ({ id, data: { tenantId, ...crawl }, lastTry, signal }) =>
      counted(crawlQueue.name, async () => {
        const ctx = contextOf(tenantId);
        try {
          await runCrawl(ctx, { ...crawl, jobId: id, signal });
        } catch (error) {
          if (lastTry) await giveUpCrawl(ctx, crawl);
          throw error;
        }
      }),
    { concurrency: 2 },
  );
  await jobs.work(
    embeddingQueue,
    ({ data: { tenantId, ...build }, lastTry, signal }) =>
      counted(embeddingQueue.name, () => buildEmbedding(contextOf(tenantId), build, { lastTry, signal })),
    { concurrency: 2 }, // a slow provider leaves room for another tenant's
  );
  await jobs.work(deleteBlobsQueue, ({ data }) =>
    counted(deleteBlobsQueue.name, async () => {
      for (const key of data.keys) await services.blobs.delete(key);
    }),
  );
  await jobs.work(trainIntentsQueue, ({ data: { tenantId, botId }, signal }) =>
    counted(trainIntentsQueue.name, () => trainIntents(contextOf(tenantId), { botId, signal })),
  );
  await jobs.work(classifyMessageQueue, ({ data: { tenantId, ...message } }) =>
    counted(classifyMessageQueue.name, () => classifyMessage(contextOf(tenantId), message)),
  );
  await jobs.work(trainLabelsQueue, ({ data: { tenantId, kind }, signal }) =>
    counted(trainLabelsQueue.name, () => trainTaughtLabels(contextOf(tenantId), { kind, signal })),
  );
  await jobs.work(writeBriefQueue, ({ data: { tenantId, ...request } }) =>
    counted(writeBriefQueue.name, () => writeBriefOfRequest(contextOf(tenantId), request)),
  );
  await jobs.work(mergeQueue, ({ data }) =>
    counted(mergeQueue.name, () => mergeIndex(contextOf(data.tenantId), data)),
  );
  await jobs.work(renewIndexQueue, ({ data }) =>
    counted(renewIndexQueue.name, () => renewIndex(contextOf(data.tenantId), data)),
  );
  await renewOutdatedIndexes(services.db, contextOf);
  await jobs.work(contradictionsQueue, ({ data: { tenantId, ...answer } }) =>
    counted(contradictionsQueue.name, () => recordContradictions(contextOf(tenantId), answer)),
  );
  await jobs.work(recordQueue, ({ data: { tenantId, ...judged } }) =>
    counted(recordQueue.name, () => recordAnswer(contextOf(tenantId), judged)),
  );
  await jobs.work(recordHandOffQueue, ({ data: { tenantId, ...handOff } }) =>
    counted(recordHandOffQueue.name, () => recordHandOff(contextOf(tenantId), handOff)),
  );
  await jobs.work(reclusterQueue, ({ data: { tenantId, ...run }, lastTry }) =>
    counted(reclusterQueue.name, () => runClustering(contextOf(tenantId), { ...run, lastTry })),
  );
  await jobs.work(
    retestQueue,
    ({ data: { tenantId, ...test }, lastTry, signal }) =>
      counted(retestQueue.name, () => runTest(contextOf(tenantId), { ...test, lastTry, signal })),
    { concurrency: 2 }, // a slow model leaves room for another tenant's
  );
  await jobs.work(
    evaluationQueue,
    ({ data: { tenantId, ...run }, lastTry, signal }) =>
      counted(evaluationQueue.name, () => runEvaluation(contextOf(tenantId), run, { lastTry, signal })),
    { concurrency: 2 }, // a slow provider leaves room for another tenant's
  );
  await jobs.work(
    mailQueue,
    ({ data: { tenantId, mailId }, lastTry }) =>
      counted(mailQueue.name, async () => {
        const ctx = contextOf(tenantId);
        try {
          await sendMail(ctx, { mailId });
        } catch (error) {
          if (lastTry) await tellOfLostMail(ctx, mailId, error);
          throw error;
        }
      }),
    { concurrency: 2 }, // a slow mail server leaves room for another mail
  );
  await jobs.work(
    textQueue,
    ({ data: { tenantId, messageId }, lastTry }) =>
      counted(textQueue.name, async () => {
        const ctx = contextOf(tenantId);
        try {
          await deliverText(ctx, { messageId });
        } catch (error) {
          if (lastTry) await giveUpText(ctx, { messageId }, error);
          throw error;
        }
      }),
    { concurrency: 2 }, // a slow provider leaves room for another tenant's
  );
  await jobs.work(automationQueue, ({ data: { tenantId, ...event }, lastTry }) =>
    counted(automationQueue.name, () => runRules(contextOf(tenantId), event, { lastTry })),
  );
  await jobs.work(alertQueue, ({ data: { tenantId, ...event } }) =>
    counted(alertQueue.name, () => alertAdmins(contextOf(tenantId), event)),
  );
  await jobs.work(distributeQueue, ({ data: { tenantId } }) =>
    counted(distributeQueue.name, async () => {
      await distribute(contextOf(tenantId));
    }),
  );
  await jobs.work(awayQueue, () => counted(awayQueue.name, () => returnAllFromAway(services)));
  await jobs.schedule(awayQueue, awaySchedule, {});
  await jobs.work(accountMailQueue, ({ data }) =>
    counted(accountMailQueue.name, () => writeAccountMail(services, data)),
  );
  await jobs.work(failedSignInQueue, ({ data }) =>
    counted(failedSignInQueue.name, () => recordFailedSignIn(services, data)),
  );
  await jobs.work(exportQueue, ({ data: { tenantId, exportId }, lastTry, signal }) =>
    counted(exportQueue.name, () => runExport(contextOf(tenantId), { exportId }, { lastTry, signal })),
  );
  await jobs.work(deletionQueue, ({ data, lastTry }) =>
    counted(deletionQueue.name, () => runDeletion(services, data, { lastTry })),
  );
  await jobs.work(followClocksQueue, ({ data: { tenantId, ...about } }) =>
    counted(followClocksQueue.name, () => followClocks(contextOf(tenantId), about)),
  );
  await jobs.work(inviteQueue, ({ data: { tenantId, ...asked } }) =>
    counted(inviteQueue.name, () => inviteToSurveys(contextOf(tenantId), asked)),
  );
  await jobs.work(
    mirrorQueue,
    ({ id, data: { tenantId, swarmId }, lastTry }) =>
      counted(mirrorQueue.name, () => mirrorSwarm(contextOf(tenantId), { swarmId }, { holder: id, lastTry })),
    { concurrency: 2 }, // one slow channel leaves room for another
  );
  await jobs.work(sweepQueue, () => counted(sweepQueue.name, () => sweepSlas(services)));
  await jobs.schedule(sweepQueue, sweepSchedule, {});
  await jobs.work(maintenanceQueue, () => counted(maintenanceQueue.name, () => runMaintenance(services)));
  await jobs.schedule(maintenanceQueue, maintenanceSchedule, {});
  await jobs.work(refreshSourcesQueue, () =>
    counted(refreshSourcesQueue.name, () => refreshSources(services)),
  );
  await jobs.schedule(refreshSourcesQueue, refreshSourcesSchedule, {});
  return {
    // jobs first: one that is reading a file may end
    async close() {
      await jobs.stop();
      await pool.close();
    },
  };
}

/** A mail that was given up is shown in its tenant's audit log. */
function tellOfLostMail(ctx: Ctx, mailId: string, error: unknown): Promise<void> {
  return inTx(ctx, async (ctx) => {
    const lost = await giveUpMail(ctx, { mailId }, error);
    if (!lost) return;
    await recordAudit(ctx, { action: "mail.failed", subjectType: "mail", subjectId: mailId, after: lost });
  });
}
