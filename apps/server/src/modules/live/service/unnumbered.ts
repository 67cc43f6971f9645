import type { z } from "zod";
import { type Delivery, deliveryOf } from "../../../faces/socket/socket-event.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { conversationsOf } from "../../conversations/index.ts";
import { toV1Channel } from "../../helpdesk/index.ts";
import { presenceOf } from "../../presence/index.ts";
import { getResolution } from "../../resolutions/index.ts";
import { type slaBreached, slaOf } from "../../slas/index.ts";
import { serverEvents } from "../server-events.ts";

/** A conversation that was opened; nothing where it is no more. */
export async function readOpened(ctx: TxCtx, conversationId: string): Promise<Delivery[]> {
  return (await conversationsOf(ctx, [conversationId])).map((row) =>
    deliveryOf(serverEvents.opened, {
      conversationId: row.id,
      customerId: row.customerId,
      channel: toV1Channel(row.channel),
      severity: row.severity,
      state: row.status,
      createdAt: row.createdAt.toISOString(),
    }),
  );
}

export async function readSla(
  ctx: TxCtx,
  event: typeof serverEvents.slaWarning | typeof serverEvents.slaBreach,
  clock: z.infer<typeof slaBreached.schema>,
): Promise<Delivery[]> {
  const sla = (await slaOf(ctx, [clock.conversationId])).get(clock.conversationId);
  return [
    deliveryOf(event, {
      ...clock,
      sla: sla
        ? {
            ...sla,
            firstResponseDueAt: sla.firstResponseDueAt?.toISOString() ?? null,
            resolutionDueAt: sla.resolutionDueAt?.toISOString() ?? null,
          }
        : null,
    }),
  ];
}

export async function readAgent(ctx: TxCtx, userId: string): Promise<Delivery[]> {
  const presence = (await presenceOf(ctx, [userId])).get(userId);
  if (!presence) return [];
  const { status, isThere, maxConcurrent } = presence;
  return [deliveryOf(serverEvents.agentStatus, { agentId: userId, status, isThere, maxConcurrent })];
}

export async function readResolution(ctx: TxCtx, resolutionId: string): Promise<Delivery[]> {
  try {
    const { conversation, owner, eta, ...resolution } = await getResolution(ctx, { resolutionId });
    return [
      deliveryOf(serverEvents.resolution, {
        resolutionId,
        conversationId: conversation.id,
        issueType: resolution.issueType,
        owningTeam: resolution.owningTeam,
        status: resolution.status,
        priority: resolution.priority,
        ownerId: owner?.id ?? null,
        expectedResolutionAt: eta?.expectedResolutionAt.toISOString() ?? null,
        version: resolution.version,
      }),
    ];
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return []; // deleted since
    throw error;
  }
}
