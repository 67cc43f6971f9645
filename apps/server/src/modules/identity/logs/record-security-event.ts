import { eq } from "drizzle-orm";
import { inTx, type Platform } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, Ports, TxCtx } from "../../../ports/index.ts";
import { members } from "../identity.tables.ts";
import { criticalEventRecorded } from "../security.events.ts";
import { appendSecurityEvent } from "./chain.ts";
import { type SecurityEventKind, severityOf } from "./security-event-kinds.ts";

export interface SecurityEvent {
  kind: SecurityEventKind;
  /** Whom it is about; null where nobody is known by that name. */
  userId: string | null;
  /** Where it happened. Without one: in each tenant to which the user belongs. */
  tenantId?: string;
  ipAddress: string | null;
  userAgent?: string | null;
  /** What else helps to judge it. Never a secret. */
  detail?: Record<string, unknown>;
}

type Services = Platform & { ports: Ports };

/**
 * Writes a security event; a critical one is followed by a mail (modules/security). Inside a transaction it is written with it, in its tenant;
 * otherwise in a transaction of its own, of the named tenant or of each to which the user belongs. An event about
 * nobody known, in no tenant, is only logged: there is no one whom it concerns.
 */
export async function recordSecurityEvent(
  where: Services | Ctx | TxCtx,
  event: SecurityEvent,
): Promise<void> {
  if ("tx" in where && where.tx) return record(where, event);
  const tenantIds = event.tenantId ? [event.tenantId] : await tenantsOf(where, event.userId);
  if (tenantIds.length === 0) {
    where.log.info({ kind: event.kind, ipAddress: event.ipAddress }, "a security event of no tenant");
  }
  const actor = { kind: "system", name: "security" } as const;
  for (const tenantId of tenantIds) {
    await inTx({ ...where, actor, tenantId, ipAddress: event.ipAddress }, (ctx) => record(ctx, event));
  }
}

async function record(ctx: TxCtx, event: SecurityEvent): Promise<void> {
  const eventId = newId();
  appendSecurityEvent(ctx, {
    tenantId: ctx.tenantId,
    id: eventId,
    kind: event.kind,
    userId: event.userId,
    ipAddress: event.ipAddress,
    userAgent: event.userAgent ?? ctx.userAgent ?? null,
    detail: event.detail ?? null,
    createdAt: ctx.now(),
  });
  if (severityOf(event.kind) === "critical") {
    await emit(ctx, criticalEventRecorded, { eventId, kind: event.kind });
  }
}

/** Named system query: a person may belong to several tenants. */
async function tenantsOf({ db }: Services, userId: string | null): Promise<string[]> {
  if (!userId) return [];
  const rows = await db
    .system()
    .select({ tenantId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId));
  return rows.map((row) => row.tenantId);
}
