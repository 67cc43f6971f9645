import { z } from "zod";
import { contextFor, type Services } from "../faces/principal.ts";
import { resealCredentials, tidyTexts } from "../modules/communication/index.ts";
import { tidyAttachments } from "../modules/conversations/index.ts";
import { resealIdentitySecret, tidyVerifications } from "../modules/customers/index.ts";
import { listTenantIds, resealHeads, resealSecondFactors, tidySignIns } from "../modules/identity/index.ts";
import { tidyDocuments, tidyEmbeddings } from "../modules/knowledge/index.ts";
import { tidyMails } from "../modules/mail/index.ts";
import { resealKeys } from "../modules/models/index.ts";
import { tidySlackEvents } from "../modules/resolutions/index.ts";
import { tidyReservations } from "../modules/spending/index.ts";
import { tidySso } from "../modules/sso/index.ts";
import { startDueDeletions, tidyExports } from "../modules/tenants/index.ts";
import { defineQueue } from "../platform/jobs/index.ts";

/** What has to be done now and then whether or not anybody asks, once over all processes. */
export const maintenanceQueue = defineQueue({ name: "maintenance", schema: z.object({}), retryLimit: 1 });

/** Minute 17 of every hour. */
export const maintenanceSchedule = "17 * * * *";

export async function runMaintenance(services: Services): Promise<void> {
  for (const tenantId of await listTenantIds(services.db)) {
    const ctx = contextFor(services, { kind: "system", name: "maintenance" }, tenantId, null);
    await tidyDocuments(ctx);
    await tidyEmbeddings(ctx);
    await tidyReservations(ctx);
    await tidyMails(ctx);
    await tidyTexts(ctx);
    await tidyAttachments(ctx);
    await tidySlackEvents(ctx);
    await tidySso(ctx);
    await tidyVerifications(ctx);
    await resealKeys(ctx);
    await resealCredentials(ctx);
    await resealIdentitySecret(ctx);
    await resealHeads(ctx);
    await tidyExports(ctx);
  }
  await tidySignIns(services);
  await startDueDeletions(services);
  await resealSecondFactors(services);
  // PostgreSQL looks after its own tables; the embedded database never does
  if (services.db.embedded) await services.db.pool.query("vacuum analyze");
}
