import { and, eq } from "drizzle-orm";
import { contextFor, type Services } from "../../../faces/principal.ts";
import { randomToken } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, SmsReport } from "../../../ports/index.ts";
import { assertTenantWorks, recordAudit } from "../../identity/index.ts";
import type { MessageRow } from "../communication.queries.ts";
import { communicationMessages } from "../communication.tables.ts";
import { sms } from "../kinds/sms.ts";
import { readReference } from "../reference.ts";
import { connectionOf } from "./open-connection.ts";

export interface SignedReport {
  reference: string;
  body: string;
  signature: string;
  ipAddress: string | null;
}

/**
 * Takes what Twilio tells of a text, in whatever order and however often it comes. Throws UNAUTHORIZED, alike for an
 * unknown workspace, one without SMS and a wrong signature; what is signed and names no text of ours changes nothing.
 */
export async function receiveReport(services: Services, said: SignedReport): Promise<void> {
  const named = readReference(said.reference);
  const ctx =
    named && contextFor(services, { kind: "system", name: "Twilio" }, named.tenantId, said.ipAddress);
  const token = ctx && (await tokenOf(ctx));
  // an account that nobody connected takes as long to refuse as a wrong signature
  const read = services.ports.sms.readReport({ ...said, authToken: token ?? randomToken() });
  if (!named || !ctx || !token || !read.signed) {
    throw new AppError("UNAUTHORIZED", "This is not signed by a Twilio account that is connected here.");
  }
  await assertTenantWorks(services.db, ctx.tenantId);
  if (read.report) await keepReport(ctx, named.messageId, read.report);
}

/** The auth token of the tenant's account; null where there is none, or it does not open. */
async function tokenOf(ctx: Ctx): Promise<string | null> {
  try {
    return (await inTx(ctx, (ctx) => connectionOf(ctx, sms)))?.credentials.authToken ?? null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** Also of a text that still waits here, where Twilio's answer to it was lost or is on its way: it is not sent again. */
async function keepReport(ctx: Ctx, messageId: string, report: SmsReport): Promise<void> {
  const { providerId, status, failure } = report;
  await inTx(ctx, async (ctx) => {
    const thisMessage = and(
      eq(communicationMessages.tenantId, ctx.tenantId),
      eq(communicationMessages.id, messageId),
      eq(communicationMessages.kind, sms.kind),
    );
    const [row] = await ctx.tx.select().from(communicationMessages).where(thisMessage).for("update");
    if (!row || !isNews(row, report)) return;
    await ctx.tx
      .update(communicationMessages)
      .set({ status, failure, providerId, sealed: null, uncertainSince: null, settledAt: ctx.now() })
      .where(thisMessage);
    await recordAudit(ctx, {
      action: failure === null ? "communication.messageReported" : "communication.messageFailed",
      subjectType: "communicationMessage",
      subjectId: messageId,
      before: { status: row.status },
      after: { kind: row.kind, status, failure },
    });
  });
}

const ranks: Readonly<Record<MessageRow["status"], number>> = {
  queued: 0,
  sent: 1,
  undelivered: 2,
  failed: 2,
  delivered: 3,
};

/**
 * Reports come in any order: a text only goes on, and whichever comes last, all of them leave it in the same state. What we
 * gave up without an answer is taken up again by the first word of it.
 */
function isNews({ status, providerId }: MessageRow, report: SmsReport): boolean {
  if (providerId !== null && providerId !== report.providerId) return false;
  const rank = providerId === null ? 0 : ranks[status];
  return ranks[report.status] > rank;
}
