import { contextFor, type Services } from "../../../faces/principal.ts";
import { randomToken } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, SlackDelivery } from "../../../ports/index.ts";
import { connectionOf, reportConnection, slack, tenantOfAccount } from "../../communication/index.ts";
import { assertTenantWorks } from "../../identity/index.ts";
import { findSwarm } from "../swarms.queries.ts";
import { mirrorChange } from "./ask-for-mirror.ts";
import * as queries from "./mirror.queries.ts";
import { slackEvents } from "./mirror.tables.ts";

export interface SignedBody {
  body: string;
  timestamp: string;
  signature: string;
  ipAddress: string | null;
}

type Event = Extract<SlackDelivery, { kind: "event" }>;

/**
 * Takes what Slack sends. It answers only when it is kept, so that Slack sends again what was not; what it sends again has
 * no effect. The challenge by which Slack tries an address names no app and changes nothing: it is answered to anyone.
 * Throws UNAUTHORIZED, alike for an unknown app and a wrong signature.
 */
export async function receiveDelivery(
  services: Services,
  signed: SignedBody,
): Promise<{ ok: true } | { challenge: string }> {
  const delivery = services.ports.slack.readDelivery(signed.body);
  if (delivery?.kind === "challenge") return { challenge: delivery.challenge };
  const receiver = delivery && (await receiverOf(services, delivery, signed.ipAddress));
  const isSigned = services.ports.slack.isSigned({
    ...signed,
    // an app that nobody connected takes as long to refuse as a wrong signature
    secret: receiver?.connection.credentials.signingSecret ?? randomToken(),
    now: services.now(),
  });
  if (!delivery || !receiver || !isSigned) {
    throw new AppError("UNAUTHORIZED", "This is not signed by a Slack app that is connected here.");
  }
  const { ctx, connection } = receiver;
  await assertTenantWorks(services.db, ctx.tenantId);
  if (delivery.event.type === "revoked") {
    await reportConnection(ctx, connection, {
      works: false,
      error:
        "The app was removed from Slack, or its token was withdrawn. Install it again, then connect it anew.",
    });
  }
  if (delivery.event.type === "message" && delivery.event.userId !== connection.settings.botUserId) {
    await keep(ctx, delivery.id, delivery.event);
  }
  return { ok: true };
}

/** The tenant that connected the app, and how; null where nobody did or its secret does not open. */
async function receiverOf(services: Services, { teamId, appId }: Event, ipAddress: string | null) {
  const tenantId = await tenantOfAccount(services.db, "slack", `${teamId}/${appId}`);
  if (tenantId === null) return null;
  const ctx = contextFor(services, { kind: "system", name: "Slack" }, tenantId, ipAddress);
  try {
    const connection = await inTx(ctx, (ctx) => connectionOf(ctx, slack));
    return connection && { ctx, connection };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** Words in a mirrored channel wait for the job that puts them into the swarm; those in other channels are nobody's. */
async function keep(
  ctx: Ctx,
  eventId: string,
  { act, channelId, userId, text, ts, messageTs }: Extract<Event["event"], { type: "message" }>,
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const mirror = await queries.mirrorOfChannel(ctx, channelId);
    if (!mirror) return;
    const swarm = await findSwarm(ctx, mirror.swarmId);
    if (swarm.status === "closed") return;
    const [kept] = await ctx.tx
      .insert(slackEvents)
      .values({
        tenantId: ctx.tenantId,
        eventId,
        swarmId: swarm.id,
        ts,
        act,
        messageTs: act === "said" ? null : messageTs,
        slackUserId: userId,
        text: text.toWellFormed().replaceAll("\0", ""),
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ eventId: slackEvents.eventId });
    if (kept) await mirrorChange(ctx, swarm);
  });
}
