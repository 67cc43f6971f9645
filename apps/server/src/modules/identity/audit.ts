import { idOfActor } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { appendAudit } from "./logs/chain.ts";

export interface AuditEntry {
  /** What was done, as `subject.verb`: `bot.created`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** The fields that changed, as they were and as they are. Never a secret. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes who did what in the mutation's own transaction, at its end: both happened or neither. */
export async function recordAudit(ctx: TxCtx, entry: AuditEntry): Promise<void> {
  appendAudit(ctx, {
    tenantId: ctx.tenantId,
    id: newId(),
    actorKind: ctx.actor.kind,
    actorId: idOfActor(ctx.actor),
    ipAddress: ctx.ipAddress,
    userAgent: ctx.userAgent ?? null,
    requestId: ctx.requestId ?? null,
    createdAt: ctx.now(),
    ...entry,
  });
}
